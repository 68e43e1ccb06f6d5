package io.neuronledger.command.intake;

import io.neuronledger.command.partition.PartitionHalted;
import io.neuronledger.command.partition.PartitionRecord;
import io.neuronledger.command.partition.PartitionState;
import io.neuronledger.command.partition.PartitionTransactions;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.RecordParser;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One partition while it is assigned to this instance: its consumer's position and its loaded state. */
final class AssignedPartition {
  private final int partition;
  private final Partitions partitions;
  private final int unitMax;
  private final PartitionTransactions transactions;
  private final RecordParser<ChainRecord> parser;
  private Position position = Position.UNKNOWN;
  private boolean sameDeployment;
  /** The partition's next seq when counting last reached it; a mismatch there is then not caused by a wrong offset. */
  private long confirmedSeq = -1;
  private @Nullable PartitionState state;
  private @Nullable PartitionReader reader;

  /** How the consumer's position was found. */
  private enum Position {
    UNKNOWN,
    /** At the partition's first record, which must declare what the store follows. */
    DECLARATION,
    /** At the stored offset, which is a hint: not yet confirmed by the seq found there. */
    HINT,
    /** Counted from the first record, or from a confirmed hint. */
    COUNTED
  }

  AssignedPartition(int partition, Partitions partitions, int unitMax, PartitionTransactions transactions,
      RecordParser<ChainRecord> parser) {
    this.partition = partition;
    this.partitions = partitions;
    this.unitMax = unitMax;
    this.transactions = transactions;
    this.parser = parser;
  }

  TopicPartition partition() {
    return new TopicPartition(Topics.CHAIN_EVENTS, partition);
  }

  /** Seeks to the stored position of the partition; the first time, checks the partition's first record before. */
  void open(Consumer<byte[], byte[]> consumer) {
    PartitionState stored = transactions.load(partition);
    if (stored.nextSeq() == 0) {
      openFromBeginning(consumer);
    } else if (sameDeployment) {
      openAtHint(consumer, stored);
    } else {
      setPosition(Position.DECLARATION, stored, 0);
      consumer.seekToBeginning(List.of(partition()));
      consumer.resume(List.of(partition()));
    }
  }

  private void openAtHint(Consumer<byte[], byte[]> consumer, PartitionState stored) {
    setPosition(Position.HINT, stored, stored.nextSeq());
    consumer.seek(partition(), stored.nextOffset());
    consumer.resume(List.of(partition()));
  }

  /** Counts from the partition's first record: nothing is recorded yet, or the stored offset is wrong. */
  void openFromBeginning(Consumer<byte[], byte[]> consumer) {
    setPosition(Position.COUNTED, transactions.load(partition), 0);
    consumer.seekToBeginning(List.of(partition()));
    consumer.resume(List.of(partition()));
  }

  private void setPosition(Position newPosition, PartitionState stored, long firstDelivered) {
    position = newPosition;
    state = stored;
    reader = new PartitionReader(partition, partitions, parser, firstDelivered);
  }

  /** Whether the stored offset was wrong: the record at it did not have the expected seq. */
  boolean isHintWrong() {
    return position == Position.HINT && state != null && state.nextSeq() != confirmedSeq;
  }

  /**
   * Records the delivered records, at most {@code unitMax} in each unit of work.
   *
   * @return the number of new records
   */
  int record(List<ConsumerRecord<byte[], byte[]>> delivered, Consumer<byte[], byte[]> consumer) {
    if (state == null || reader == null) {
      return 0;
    }
    if (position == Position.DECLARATION) {
      requireSameDeployment(reader.next(delivered.subList(0, 1), 0), state);
      openAtHint(consumer, state);
      return 0;
    }
    PartitionReader.Batch batch = reader.next(delivered, state.nextSeq());
    if (batch.stop().isEmpty() || !batch.records().isEmpty()) {
      position = Position.COUNTED;
    }
    if (reader.expected() >= state.nextSeq() && position == Position.COUNTED) {
      confirmedSeq = reader.expected();
    }
    for (List<PartitionRecord> unit : PartitionRecord.units(batch.records(), unitMax)) {
      transactions.record(state, unit);
    }
    batch.stop().ifPresent(stop -> {
      throw stop;
    });
    return batch.records().size();
  }

  private void requireSameDeployment(PartitionReader.Batch first, PartitionState stored) {
    first.stop().ifPresent(stop -> {
      throw stop;
    });
    boolean same = first.records().getFirst().reading() instanceof ParsedRecord.Valid<ChainRecord> valid
        && valid.value().event() instanceof ChainEvent.DeploymentDeclared declared
        && stored.follows(declared.deployment());
    if (!same) {
      throw new PartitionHalted("partition " + partition + ": " + Topics.CHAIN_EVENTS
          + " belongs to a different deployment than this store. Stored: " + stored.deployment()
          + "; the topic begins with: " + first.records().getFirst().reading()
          + ". Use the store of that deployment, or the Kafka of this one");
    }
    sameDeployment = true;
  }

  /** @throws PartitionHalted if Kafka has no more records and the partition's position was not found */
  void requirePositionFound(Consumer<byte[], byte[]> consumer) {
    if (state != null && reader != null && reader.expected() < state.nextSeq() && lag(consumer).orElse(1) == 0) {
      throw new PartitionHalted("partition " + partition + ": " + Topics.CHAIN_EVENTS + " ends at seq "
          + reader.expected() + ", but this store has recorded it up to seq " + (state.nextSeq() - 1)
          + ": it is a different Kafka, or it has lost records");
    }
  }

  long nextSeq() {
    return state == null ? -1 : state.nextSeq();
  }

  int quarantinedOwners() {
    return state == null ? 0 : state.quarantinedOwners();
  }

  OptionalLong lag(Consumer<byte[], byte[]> consumer) {
    return consumer.currentLag(partition());
  }
}
