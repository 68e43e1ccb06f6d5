package io.neuronledger.command.intake;

import io.neuronledger.command.partition.PartitionHalted;
import io.neuronledger.command.partition.PartitionRecord;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.RawBytes;
import io.neuronledger.foundation.partitionlog.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records of one partition as Kafka delivers them: each must have exactly the next seq. A higher seq is a
 * hole, a lower one a repetition; neither is skipped. A record whose seq cannot be read counts as the expected one.
 */
final class PartitionReader {
  private static final byte[] NO_VALUE = new byte[0];
  /** The operator's next step for a record that chain-indexer did not write. */
  private static final String FOREIGN = ". Only chain-indexer writes this topic, each seq once: find out who else can,"
      + " and revoke that right. infra/decisions/0019 has the steps to go on";

  private final int partition;
  private final Partitions partitions;
  private final RecordParser<ChainRecord> parser;
  /** The seq that the next delivered record must have; after a seek to the beginning, lower than the partition's. */
  private long expected;

  PartitionReader(int partition, Partitions partitions, RecordParser<ChainRecord> parser, long firstDelivered) {
    this.partition = partition;
    this.partitions = partitions;
    this.parser = parser;
    this.expected = firstDelivered;
  }

  /**
   * @param records the next records, in order
   * @param stop why no record after them can be recorded: a hole, a repetition, or a record with a wrong key; else
   *     empty
   */
  record Batch(List<PartitionRecord> records, Optional<PartitionHalted> stop) {}

  /** @param nextSeq the partition's next seq: records before it are counted only, they are already recorded */
  Batch next(List<ConsumerRecord<byte[], byte[]>> delivered, long nextSeq) {
    List<PartitionRecord> next = new ArrayList<>(delivered.size());
    try {
      for (ConsumerRecord<byte[], byte[]> each : delivered) {
        read(each, nextSeq).ifPresent(next::add);
      }
      return new Batch(next, Optional.empty());
    } catch (PartitionHalted stop) {
      return new Batch(next, Optional.of(stop));
    }
  }

  /** The seq that the next record must have. */
  long expected() {
    return expected;
  }

  private Optional<PartitionRecord> read(ConsumerRecord<byte[], byte[]> delivered, long nextSeq) {
    ParsedRecord<ChainRecord> reading = parser.parse(delivered.value());
    long seq = seqOf(reading);
    if (seq != expected) {
      throw foreign(delivered, (seq > expected ? "a hole" : "a repetition") + ": expected seq " + expected
          + ", found seq " + seq);
    }
    PartitionRecord next = checked(delivered, seq, reading);
    expected++;
    return seq < nextSeq ? Optional.empty() : Optional.of(next);
  }

  private long seqOf(ParsedRecord<ChainRecord> reading) {
    return switch (reading) {
      case ParsedRecord.Valid<ChainRecord> valid -> valid.value().seq();
      case ParsedRecord.Malformed<ChainRecord> malformed -> malformed.seq().orElse(expected);
    };
  }

  private PartitionHalted foreign(ConsumerRecord<byte[], byte[]> delivered, String why) {
    return new PartitionHalted(delivered.topic() + ", partition " + partition + ", offset " + delivered.offset() + ": "
        + why
        + FOREIGN);
  }

  private PartitionRecord checked(ConsumerRecord<byte[], byte[]> delivered, long seq,
      ParsedRecord<ChainRecord> reading) {
    Optional<WalletAddress> key = keyOf(delivered.key());
    switch (reading) {
      case ParsedRecord.Valid<ChainRecord> valid -> check(valid.value(), delivered, key);
      case ParsedRecord.Malformed<ChainRecord> malformed -> {
        if (key.filter(owner -> partitions.of(owner) == partition).isEmpty()) {
          throw new PartitionHalted(delivered.topic() + ", partition " + partition + ", offset " + delivered.offset()
              + ": seq "
              + seq + " is malformed and its key is no owner of this partition: " + malformed.reason());
        }
      }
    }
    byte[] value = delivered.value() == null ? NO_VALUE : delivered.value();
    return new PartitionRecord(seq, delivered.offset(), key, new RawBytes(value), reading);
  }

  private void check(ChainRecord chainRecord, ConsumerRecord<byte[], byte[]> delivered,
      Optional<WalletAddress> key) {
    boolean rightKey = switch (chainRecord.event()) {
      case ChainEvent.OwnerFact fact -> key.isPresent() && key.get().equals(fact.owner())
          && partitions.of(fact.owner()) == partition;
      case ChainEvent.Broadcast _ -> delivered.key() == null;
    };
    if (!rightKey || chainRecord.partition() != partition) {
      throw foreign(delivered, "seq " + chainRecord.seq()
          + " is in the wrong partition or under the wrong key: partition "
          + chainRecord.partition() + ", key " + key + ", " + chainRecord.event());
    }
  }

  private static Optional<WalletAddress> keyOf(byte @Nullable [] key) {
    if (key == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new WalletAddress(new String(key, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
