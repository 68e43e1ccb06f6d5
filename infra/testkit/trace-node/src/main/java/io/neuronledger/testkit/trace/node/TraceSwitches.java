package io.neuronledger.testkit.trace.node;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The features of the node.
 *
 * @param traces the method for calls inside transactions
 * @param statesKept the number of blocks with state, the newest included; 0 means all
 * @param blooms whether headers hold true blooms; otherwise empty ones
 * @param implementation LedgerManager's implementation at the start of the trace, which makes it a beacon proxy; absent
 *     for a contract without proxy, as in recorded traces
 * @param serviceImplementation the same for the serving contracts, which share a beacon
 * @param deployed the first block with LedgerManager deployed
 * @param lockTime whether the serving contracts have the view {@code lockTime}
 * @param proofsKept the number of blocks with proofs, the newest included; 0 means all blocks with state
 * @param refused the methods that the node does not support
 */
public record TraceSwitches(Traces traces, int statesKept, boolean blooms, Optional<WalletAddress> implementation,
    Optional<WalletAddress> serviceImplementation, long deployed, boolean lockTime, int proofsKept,
    Set<String> refused) {
  /** LedgerManager's beacon, where it has one. */
  public static final WalletAddress BEACON = WalletAddress.parse("0x" + "bea0".repeat(10));

  /** The serving contracts' beacon. */
  public static final WalletAddress SERVICE_BEACON = WalletAddress.parse("0x" + "bea1".repeat(10));

  /** The methods for call traces. */
  public enum Traces {
    /** {@code debug_traceBlockByHash}, with {@code withLog}. */
    CALL_TRACER,
    /** The same, from a node that does not support {@code withLog}. */
    CALL_TRACER_WITHOUT_LOGS,
    /** {@code trace_block}. */
    PARITY,
    NONE
  }

  /** Every feature, without a proxy. */
  public static final TraceSwitches ALL = new TraceSwitches(Traces.CALL_TRACER, 0, true, Optional.empty(),
      Optional.empty(), 0, true, 0, Set.of());

  public TraceSwitches {
    refused = Set.copyOf(refused);
  }

  public TraceSwitches with(Traces other) {
    return new TraceSwitches(other, statesKept, blooms, implementation, serviceImplementation, deployed, lockTime,
        proofsKept, refused);
  }

  public TraceSwitches keepingStates(int blocks) {
    return new TraceSwitches(traces, blocks, blooms, implementation, serviceImplementation, deployed, lockTime,
        proofsKept, refused);
  }

  public TraceSwitches withEmptyBlooms() {
    return new TraceSwitches(traces, statesKept, false, implementation, serviceImplementation, deployed, lockTime,
        proofsKept, refused);
  }

  public TraceSwitches behindBeacon(WalletAddress code) {
    return new TraceSwitches(traces, statesKept, blooms, Optional.of(code), serviceImplementation, deployed, lockTime,
        proofsKept, refused);
  }

  public TraceSwitches servicesBehindBeacon(WalletAddress code) {
    return new TraceSwitches(traces, statesKept, blooms, implementation, Optional.of(code), deployed, lockTime,
        proofsKept, refused);
  }

  public TraceSwitches deployedAt(long block) {
    return new TraceSwitches(traces, statesKept, blooms, implementation, serviceImplementation, block, lockTime,
        proofsKept, refused);
  }

  public TraceSwitches withoutLockTime() {
    return new TraceSwitches(traces, statesKept, blooms, implementation, serviceImplementation, deployed, false,
        proofsKept, refused);
  }

  public TraceSwitches keepingProofs(int blocks) {
    return new TraceSwitches(traces, statesKept, blooms, implementation, serviceImplementation, deployed, lockTime,
        blocks, refused);
  }

  /** @param methods by their JSON-RPC names, in addition to those refused already */
  public TraceSwitches refusing(String... methods) {
    Set<String> all = new HashSet<>(refused);
    all.addAll(List.of(methods));
    return new TraceSwitches(traces, statesKept, blooms, implementation, serviceImplementation, deployed, lockTime,
        proofsKept, all);
  }
}
