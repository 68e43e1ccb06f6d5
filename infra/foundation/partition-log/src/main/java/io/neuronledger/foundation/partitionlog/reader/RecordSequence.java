package io.neuronledger.foundation.partitionlog.reader;

import io.neuronledger.contracts.topic.SequencedRecord;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.RawBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records of one partition as Kafka delivers them: each must have exactly the next seq. A higher seq is a
 * hole, a lower one a repetition; neither is passed over. A record whose seq cannot be read counts as the expected one.
 */
public final class RecordSequence<R extends SequencedRecord> {
  private static final byte[] NO_VALUE = new byte[0];

  private final SequencedTopic<R> topic;
  private final int partition;
  private long nextSeq;

  /** @param nextSeq the seq that the next delivered record must have */
  public RecordSequence(SequencedTopic<R> topic, int partition, long nextSeq) {
    this.topic = topic;
    this.partition = partition;
    this.nextSeq = nextSeq;
  }

  /** The seq that the next delivered record must have. */
  public long nextSeq() {
    return nextSeq;
  }

  /** @param storedSeq the partition's next seq: records before it are counted only, they are already handled */
  public PartitionBatch<R> next(List<ConsumerRecord<byte[], byte[]>> records, long storedSeq) {
    List<Delivered<R>> next = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      ParsedRecord<R> parsed = topic.parser().parse(record.value());
      long seq = seqOf(parsed);
      Optional<WalletAddress> owner = ownerOf(record.key());
      Optional<String> halt = unexpected(seq).or(() -> misplaced(parsed, record.key(), owner))
          .map(reason -> record.topic() + ", partition " + partition + ", offset " + record.offset() + ": " + reason);
      if (halt.isPresent()) {
        return new PartitionBatch<>(partition, storedSeq, next, halt);
      }
      nextSeq++;
      if (seq >= storedSeq) {
        byte[] value = record.value() == null ? NO_VALUE : record.value();
        next.add(new Delivered<>(seq, record.offset(), owner, new RawBytes(value), parsed));
      }
    }
    return new PartitionBatch<>(partition, storedSeq, next, Optional.empty());
  }

  private long seqOf(ParsedRecord<R> parsed) {
    return switch (parsed) {
      case ParsedRecord.Valid<R> valid -> valid.value().seq();
      case ParsedRecord.Malformed<R> malformed -> malformed.seq().orElse(nextSeq);
    };
  }

  private Optional<String> unexpected(long seq) {
    return seq == nextSeq ? Optional.empty() : Optional.of(foreign((seq > nextSeq ? "a hole" : "a repetition")
        + ": expected seq " + nextSeq + ", found seq " + seq));
  }

  private Optional<String> misplaced(ParsedRecord<R> parsed, byte @Nullable [] key, Optional<WalletAddress> owner) {
    return switch (parsed) {
      case ParsedRecord.Valid<R> valid -> misplaced(valid.value(), key, owner)
          .map(reason -> foreign("seq " + nextSeq + ": " + reason));
      case ParsedRecord.Malformed<R> malformed -> owner.isPresent() ? Optional.empty()
          : Optional.of(PartitionHalted.unreadable(nextSeq, malformed.reason()).reason());
    };
  }

  private Optional<String> misplaced(R record, byte @Nullable [] key, Optional<WalletAddress> owner) {
    if (record.partition() != partition) {
      return Optional.of("it names partition " + record.partition());
    }
    if (key != null && owner.isEmpty()) {
      return Optional.of("its key is no owner of this partition");
    }
    if (record.owner().isEmpty() && key != null) {
      return Optional.of("it concerns the whole partition and has a key");
    }
    return record.owner().equals(owner) ? Optional.empty()
        : Optional.of("its key is not its owner " + record.owner().orElseThrow());
  }

  private String foreign(String reason) {
    return reason + ". Only " + topic.writer() + " writes this topic, each seq once: find out who else can, and revoke "
        + "that right. infra/decisions/0019 has the steps to go on";
  }

  /** The owner in the key; empty if the key is no address of this partition. */
  private Optional<WalletAddress> ownerOf(byte @Nullable [] key) {
    if (key == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new WalletAddress(new String(key, StandardCharsets.UTF_8)))
          .filter(owner -> topic.partitions().of(owner) == partition);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
