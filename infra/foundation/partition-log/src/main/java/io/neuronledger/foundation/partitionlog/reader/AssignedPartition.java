package io.neuronledger.foundation.partitionlog.reader;

import io.neuronledger.contracts.topic.SequencedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One partition while it is assigned to a reader: where its consumer stands, and whether it goes on. */
final class AssignedPartition<R extends SequencedRecord> {
  private static final Logger log = LoggerFactory.getLogger(AssignedPartition.class);

  private final TopicPartition partition;
  private final SequencedTopic<R> topic;
  private final PartitionHandler<R> handler;
  private final boolean recounts;
  private final Consumer<byte[], byte[]> consumer;
  private Found found = Found.COUNTED;
  private boolean firstChecked;
  /** The partition's next seq when counting last reached it; a mismatch there is then not caused by a wrong offset. */
  private long confirmedSeq = -1;
  private @Nullable PartitionPosition stored;
  private RecordSequence<R> sequence;
  private @Nullable Instant pausedUntil;
  private int failures;
  private boolean alone;

  /** How the consumer's position was found. */
  private enum Found {
    /** At the partition's first record, which shows whose topic it is. */
    FIRST_RECORD,
    /** At the stored offset, which is a hint: not yet confirmed by the seq found there. */
    HINT,
    /** Counted from the first record, from a confirmed hint, or from an offset that is never doubted. */
    COUNTED
  }

  AssignedPartition(int number, SequencedTopic<R> topic, PartitionHandler<R> handler, boolean recounts,
      Consumer<byte[], byte[]> consumer) {
    this.partition = new TopicPartition(topic.name(), number);
    this.topic = topic;
    this.handler = handler;
    this.recounts = recounts;
    this.consumer = consumer;
    this.sequence = new RecordSequence<>(topic, number, 0);
  }

  int number() {
    return partition.partition();
  }

  TopicPartition partition() {
    return partition;
  }

  /** Seeks to the stored position; with a recount, checks the partition's first record before, the first time. */
  void open() {
    pausedUntil = null;
    PartitionPosition loaded = handler.load(number());
    stored = loaded;
    if (!recounts) {
      openAt(loaded, Found.COUNTED);
    } else if (loaded.nextSeq() == 0) {
      countFrom(Found.COUNTED);
    } else if (firstChecked) {
      openAt(loaded, Found.HINT);
    } else {
      countFrom(Found.FIRST_RECORD);
    }
  }

  /** The stored offset is not in Kafka. */
  void openWithoutOffset() {
    if (!recounts) {
      throw new PartitionHalted(topic.name() + ", partition " + number() + ": Kafka does not have offset "
          + nextOffset() + ", from which seq " + nextSeq() + " is read: it is a different Kafka, or it has lost "
          + "records");
    }
    log.warn("Partition {}: {} does not have the stored offset; counting from the first record", number(),
        topic.name());
    countFrom(Found.COUNTED);
  }

  private void openAt(PartitionPosition position, Found how) {
    found = how;
    sequence = new RecordSequence<>(topic, number(), position.nextSeq());
    consumer.seek(partition, position.nextOffset());
    consumer.resume(List.of(partition));
  }

  private void countFrom(Found how) {
    found = how;
    sequence = new RecordSequence<>(topic, number(), 0);
    consumer.seekToBeginning(List.of(partition));
    consumer.resume(List.of(partition));
  }

  /** The records to handle; empty if the delivered ones only show the position, or show that it is wrong. */
  Optional<PartitionBatch<R>> next(List<ConsumerRecord<byte[], byte[]>> delivered) {
    PartitionPosition position = stored;
    if (position == null) {
      return Optional.empty();
    }
    if (found == Found.FIRST_RECORD) {
      checkFirst(sequence.next(delivered.subList(0, 1), 0));
      openAt(position, Found.HINT);
      return Optional.empty();
    }
    PartitionBatch<R> batch = sequence.next(delivered, position.nextSeq());
    if (batch.halt().isPresent() && batch.records().isEmpty() && isHintDoubtful(position)) {
      log.warn("{}. The stored offset may be wrong: counting from the first record", batch.halt().get());
      countFrom(Found.COUNTED);
      return Optional.empty();
    }
    found = Found.COUNTED;
    if (sequence.nextSeq() >= position.nextSeq()) {
      confirmedSeq = sequence.nextSeq();
    }
    return Optional.of(batch).filter(next -> !next.isEmpty());
  }

  private boolean isHintDoubtful(PartitionPosition position) {
    return found == Found.HINT && position.nextSeq() != confirmedSeq;
  }

  private void checkFirst(PartitionBatch<R> first) {
    first.halt().ifPresent(reason -> {
      throw new PartitionHalted(reason);
    });
    handler.checkFirst(first.records().getFirst(), number());
    firstChecked = true;
  }

  /** @throws PartitionHalted if Kafka has no more records and the partition's position was not found */
  void requirePositionFound() {
    if (sequence.nextSeq() < nextSeq() && lag().orElse(1) == 0) {
      throw new PartitionHalted(topic.name() + ", partition " + number() + ": it ends at seq " + sequence.nextSeq()
          + ", but this store has recorded it up to seq " + (nextSeq() - 1)
          + ": it is a different Kafka, or it has lost records");
    }
  }

  void advance(PartitionPosition position) {
    stored = position;
    failures = 0;
    alone = false;
  }

  /** The seq of the next record to handle; −1 before the position is loaded. */
  long nextSeq() {
    return stored == null ? -1 : stored.nextSeq();
  }

  private long nextOffset() {
    return stored == null ? 0 : stored.nextOffset();
  }

  /** Why the partition is halted, as last stored or found; it may be read again nevertheless. */
  Optional<String> halted() {
    return stored == null ? Optional.empty() : stored.halted();
  }

  /** The number of records in Kafka not yet delivered; empty if it is unknown. */
  OptionalLong lag() {
    return consumer.currentLag(partition);
  }

  /** The next offset to read. */
  long offset() {
    return lag().isPresent() ? consumer.position(partition) : nextOffset();
  }

  void pause(Instant until) {
    consumer.pause(List.of(partition));
    pausedUntil = until;
  }

  boolean isPaused() {
    return pausedUntil != null;
  }

  boolean isDue(Instant now) {
    return pausedUntil != null && !now.isBefore(pausedUntil);
  }

  /** @return the number of failures in a row, this one included */
  int fail() {
    return ++failures;
  }

  /** Whether its records are handled apart from other partitions, since handling them together has failed. */
  boolean isAlone() {
    return alone;
  }

  void setAlone() {
    alone = true;
  }
}
