/** AccountLedger and Batcher in Java: their calls, and AccountLedger's state at any block as values. */
@NullMarked
package io.neuronledger.infra.devchain.contract;

import org.jspecify.annotations.NullMarked;
