package io.neuronledger.local.trace.node;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;

/**
 * What the node offers.
 *
 * @param traces which way to ask for calls inside transactions
 * @param statesKept for how many blocks it keeps the state, the newest included; 0 means for all of them
 * @param blooms whether headers hold true blooms; otherwise empty ones
 * @param implementation the code behind LedgerManager where the trace begins, which then is a proxy with a beacon;
 *     absent for a contract by itself, as in recorded traces
 */
public record TraceSwitches(Traces traces, int statesKept, boolean blooms, Optional<WalletAddress> implementation) {
  /** The beacon, where there is one. */
  public static final WalletAddress BEACON = WalletAddress.parse("0x" + "bea0".repeat(10));

  /** The ways to ask for traces. */
  public enum Traces {
    /** {@code debug_traceBlockByHash}, with {@code withLog}. */
    CALL_TRACER,
    /** The same, by a node that does not know {@code withLog}. */
    CALL_TRACER_WITHOUT_LOGS,
    /** {@code trace_block}. */
    PARITY,
    NONE
  }

  /** Everything. */
  public static final TraceSwitches ALL = new TraceSwitches(Traces.CALL_TRACER, 0, true, Optional.empty());

  public TraceSwitches with(Traces other) {
    return new TraceSwitches(other, statesKept, blooms, implementation);
  }

  public TraceSwitches keepingStates(int blocks) {
    return new TraceSwitches(traces, blocks, blooms, implementation);
  }

  public TraceSwitches withEmptyBlooms() {
    return new TraceSwitches(traces, statesKept, false, implementation);
  }

  public TraceSwitches behindBeacon(WalletAddress code) {
    return new TraceSwitches(traces, statesKept, blooms, Optional.of(code));
  }
}
