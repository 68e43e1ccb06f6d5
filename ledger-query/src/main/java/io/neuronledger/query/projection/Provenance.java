package io.neuronledger.query.projection;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Hash;
import java.util.Optional;

/** Reads the transaction and the log of an event from its evidence. */
public final class Provenance {
  private Provenance() {}

  public static Optional<Hash> transactionHash(Cause cause) {
    return cause.evidence().flatMap(Provenance::transactionHash);
  }

  private static Optional<Hash> transactionHash(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Log log -> Optional.of(log.transactionHash());
      case Evidence.Transaction transaction -> Optional.of(transaction.transactionHash());
      case Evidence.Trace trace -> Optional.of(trace.transactionHash());
      case Evidence.Snapshot _, Evidence.Unexplained _ -> Optional.empty();
      case Evidence.Unverified unverified -> transactionHash(unverified.evidence());
    };
  }

  /** The log's index in its block. */
  public static Optional<Integer> logIndex(Cause cause) {
    return cause.evidence().flatMap(Provenance::logIndex);
  }

  private static Optional<Integer> logIndex(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Log log -> Optional.of(log.logIndex());
      case Evidence.Unverified unverified -> logIndex(unverified.evidence());
      case Evidence.Transaction _, Evidence.Trace _, Evidence.Snapshot _, Evidence.Unexplained _ -> Optional.empty();
    };
  }
}
