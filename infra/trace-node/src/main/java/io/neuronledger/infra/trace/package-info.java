/**
 * Runs of the 0G Compute contracts: transactions, logs, inner calls, and the contracts' own state after each
 * transaction. In comes a recorded file; out comes a {@link io.neuronledger.infra.trace.Trace}.
 */
@NullMarked
package io.neuronledger.infra.trace;

import org.jspecify.annotations.NullMarked;
