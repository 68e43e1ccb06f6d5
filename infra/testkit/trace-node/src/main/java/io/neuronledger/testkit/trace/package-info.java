/**
 * Traces of the 0G Compute contracts: transactions, logs, inner calls, and the contracts' state after each transaction.
 * Reads a recorded file into a {@link io.neuronledger.testkit.trace.Trace}.
 */
@NullMarked
package io.neuronledger.testkit.trace;

import org.jspecify.annotations.NullMarked;
