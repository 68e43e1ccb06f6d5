package io.neuronledger.query.partition;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.projection.RawBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the records of a partition told that concerns the partition itself, to be stored beside its standing. */
final class PartitionChanges {
  private PartitionChanges() {}

  /** A block was sealed, on a branch that may be gone by now. */
  record Block(long block, int branch, Hash hash, Instant time) {}

  /**
   * Blocks are gone.
   *
   * @param fromBlock the first of them
   * @param seal the last that still stands; none where none does
   */
  record Retraction(long seq, long fromBlock, int branch, Optional<Seal> seal) {}

  /** A service's lock period from a block on. */
  record Terms(ServiceName service, long block, Duration lockPeriod) {}

  /**
   * An owner's answers stand still from here on.
   *
   * @param cap the seal they stand at; none where the partition had none
   */
  record Quarantined(WalletAddress owner, long seq, FoundBy foundBy, String reason, Optional<Seal> cap) {}

  /** The owner's answers go on with the seal behind {@code seq}. */
  record Released(WalletAddress owner, long seq) {}

  /** A record that waits, with the stretch it stands in. */
  record Parked(long seq, long stretch, WalletAddress owner, long offset, RawBytes value) {}

  /** Who could not understand. */
  enum FoundBy {
    LEDGER_COMMAND("ledger-command"),
    LEDGER_QUERY("ledger-query");

    private final String stored;

    FoundBy(String stored) {
      this.stored = stored;
    }

    String stored() {
      return stored;
    }
  }
}
