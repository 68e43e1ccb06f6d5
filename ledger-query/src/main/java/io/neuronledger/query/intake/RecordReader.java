package io.neuronledger.query.intake;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.RawBytes;
import io.neuronledger.foundation.partitionlog.RecordParser;
import io.neuronledger.query.partition.Received;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of {@code ledger.account-events.v1}. Returns malformed records as {@link Received.Poisonous}
 * instead of throwing.
 */
public final class RecordReader {
  private final RecordParser<AccountRecord> parser = new RecordParser<>(AccountRecord.class);
  private final Partitions partitions;

  public RecordReader(Partitions partitions) {
    this.partitions = partitions;
  }

  /** @param key the owner's address; null for an event of the whole partition */
  public Received read(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
    Optional<WalletAddress> owner = ownerOf(key, partition);
    RawBytes raw = new RawBytes(value == null ? new byte[0] : value);
    return switch (parser.parse(value)) {
      case ParsedRecord.Valid<AccountRecord>(AccountRecord record) -> {
        Optional<String> mismatch = mismatch(record, partition, key, owner);
        yield mismatch.isPresent()
            ? new Received.Misplaced(offset, raw, owner, OptionalLong.of(record.seq()), mismatch.get())
            : new Received.Valid(offset, raw, owner, record);
      }
      case ParsedRecord.Malformed<AccountRecord> malformed ->
          new Received.Poisonous(offset, raw, owner, malformed.seq(), malformed.reason());
    };
  }

  /** The owner in the key; empty if the key is no address of this partition. */
  private Optional<WalletAddress> ownerOf(byte @Nullable [] key, int partition) {
    if (key == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(WalletAddress.parse(new String(key, StandardCharsets.UTF_8)))
          .filter(owner -> partitions.of(owner) == partition);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> mismatch(AccountRecord record, int partition, byte @Nullable [] key,
      Optional<WalletAddress> owner) {
    if (record.partition() != partition) {
      return Optional.of("it names partition " + record.partition());
    }
    if (key != null && owner.isEmpty()) {
      return Optional.of("its key is no owner of this partition");
    }
    Optional<WalletAddress> concerned = switch (record.event()) {
      case LedgerEvent event -> Optional.of(event.owner());
      case UsageEvent event -> Optional.of(event.owner());
      case PartitionEvent _ -> Optional.empty();
    };
    if (concerned.isEmpty() && key != null) {
      return Optional.of("it concerns the whole partition and has a key");
    }
    return concerned.equals(owner)
        ? Optional.empty()
        : Optional.of("its key is not its owner " + concerned.orElseThrow());
  }
}
