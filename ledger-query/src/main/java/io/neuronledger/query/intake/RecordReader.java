package io.neuronledger.query.intake;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.partition.Received;
import io.neuronledger.query.projection.RawBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the records of {@code ledger.account-events.v1}. Returns malformed records as {@link Received.Poisonous}
 * instead of throwing.
 */
public final class RecordReader {
  private final JsonMapper json;
  private final Partitions partitions;

  public RecordReader(JsonMapper json, Partitions partitions) {
    this.json = json;
    this.partitions = partitions;
  }

  /** @param key the owner's address; null for an event of the whole partition */
  public Received read(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
    Optional<WalletAddress> owner = ownerOf(key, partition);
    RawBytes raw = new RawBytes(value == null ? new byte[0] : value);
    if (value == null) {
      return new Received.Poisonous(offset, raw, owner, OptionalLong.empty(), "it has no value");
    }
    try {
      AccountRecord record = json.readValue(value, AccountRecord.class);
      Optional<String> mismatch = mismatch(record, partition, key, owner);
      return mismatch.isPresent()
          ? new Received.Misplaced(offset, raw, owner, OptionalLong.of(record.seq()), mismatch.get())
          : new Received.Valid(offset, raw, owner, record);
    } catch (JacksonException e) {
      return new Received.Poisonous(offset, raw, owner, seqOf(value), e.getOriginalMessage());
    }
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

  /** The seq of an otherwise malformed record; empty if it has none. */
  private OptionalLong seqOf(byte[] value) {
    try {
      JsonNode seq = json.readTree(value).path("seq");
      return seq.isIntegralNumber() && seq.canConvertToLong() ? OptionalLong.of(seq.asLong()) : OptionalLong.empty();
    } catch (JacksonException e) {
      return OptionalLong.empty();
    }
  }
}
