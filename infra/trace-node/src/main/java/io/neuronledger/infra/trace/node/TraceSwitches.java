package io.neuronledger.infra.trace.node;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the node offers.
 *
 * @param traces which way to ask for calls inside transactions
 * @param statesKept for how many blocks it keeps the state, the newest included; 0 means for all of them
 * @param blooms whether headers hold true blooms; otherwise empty ones
 * @param implementation the code behind LedgerManager where the trace begins, which then is a proxy with a beacon;
 *     absent for a contract by itself, as in recorded traces
 * @param serviceImplementation the same of the serving contracts, which share a beacon
 * @param deployed the first block in which LedgerManager is there
 * @param lockTime whether the serving contracts have a lock period to be asked for
 * @param proofsKept for how many blocks it gives proofs, the newest included; 0 means for all whose state it keeps
 * @param refused the methods that it does not know
 */
public record TraceSwitches(Traces traces, int statesKept, boolean blooms, Optional<WalletAddress> implementation,
    Optional<WalletAddress> serviceImplementation, long deployed, boolean lockTime, int proofsKept,
    Set<String> refused) {
  /** The beacon, where there is one. */
  public static final WalletAddress BEACON = WalletAddress.parse("0x" + "bea0".repeat(10));

  /** That of the serving contracts. */
  public static final WalletAddress SERVICE_BEACON = WalletAddress.parse("0x" + "bea1".repeat(10));

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

  /** @param methods by their JSON-RPC names; those refused already stay so */
  public TraceSwitches refusing(String... methods) {
    Set<String> all = new HashSet<>(refused);
    all.addAll(List.of(methods));
    return new TraceSwitches(traces, statesKept, blooms, implementation, serviceImplementation, deployed, lockTime,
        proofsKept, all);
  }
}
