/** Compiled contracts and the transactions that call them. */
@NullMarked
package io.neuronledger.testkit.devchain.transaction;

import org.jspecify.annotations.NullMarked;
