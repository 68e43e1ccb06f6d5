/** Usage and payments of a provider. Input: running totals of all its sub-accounts. Output: one sum. */
@NullMarked
package io.neuronledger.query.provider;

import org.jspecify.annotations.NullMarked;
