/** Tables and amounts for people. */
@NullMarked
package io.neuronledger.wallet.text;

import org.jspecify.annotations.NullMarked;
