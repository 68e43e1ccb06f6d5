/**
 * What did a provider serve, and what was it paid? Running totals of all its sub-accounts come in; one sum goes out.
 */
@NullMarked
package io.neuronledger.query.provider;

import org.jspecify.annotations.NullMarked;
