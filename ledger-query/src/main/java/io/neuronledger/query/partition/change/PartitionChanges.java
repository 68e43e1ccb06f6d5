package io.neuronledger.query.partition.change;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.RawBytes;
import java.time.Duration;
import java.util.Optional;

/** The changes of a partition by a batch, apart from its position. */
public final class PartitionChanges {
  private PartitionChanges() {}

  /**
   * Blocks were retracted.
   *
   * @param fromBlock the first retracted block
   * @param seal the last valid seal; empty if there is none
   */
  public record Retraction(long seq, long fromBlock, int branch, Optional<Seal> seal) {}

  /** A service's lock period from a block on. */
  public record Terms(ServiceName service, long block, Duration lockPeriod) {}

  /**
   * An owner's answers are frozen from here on.
   *
   * @param cap the last seal before; empty if the partition had none
   */
  public record Quarantined(WalletAddress owner, long seq, FoundBy foundBy, String reason, Optional<Seal> cap) {}

  /** The owner's answers advance again with the first seal after {@code seq}. */
  public record Released(WalletAddress owner, long seq) {}

  /** A parked record, with the span that it belongs to. */
  public record Parked(long seq, long markSeq, WalletAddress owner, long offset, RawBytes value) {}

  /** The service that could not process the record. */
  public enum FoundBy {
    LEDGER_COMMAND("ledger-command"),
    LEDGER_QUERY("ledger-query");

    private final String stored;

    FoundBy(String stored) {
      this.stored = stored;
    }

    public String stored() {
      return stored;
    }
  }
}
