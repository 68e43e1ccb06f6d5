/** AccountLedger and Batcher in Java: their calls, and AccountLedger's state at any block as values. */
@NullMarked
package io.neuronledger.testkit.devchain.contract;

import org.jspecify.annotations.NullMarked;
