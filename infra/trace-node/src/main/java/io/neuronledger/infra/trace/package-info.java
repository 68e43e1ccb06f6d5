/**
 * Traces of the 0G Compute contracts: transactions, logs, inner calls, and the contracts' state after each transaction.
 * Reads a recorded file into a {@link io.neuronledger.infra.trace.Trace}.
 */
@NullMarked
package io.neuronledger.infra.trace;

import org.jspecify.annotations.NullMarked;
