package io.neuronledger.command.intake;

import io.neuronledger.command.partition.ChainRecordReader;
import io.neuronledger.command.partition.PartitionHalted;
import io.neuronledger.command.partition.PartitionRecord;
import io.neuronledger.command.partition.PartitionState;
import io.neuronledger.command.partition.PartitionTransactions;
import io.neuronledger.command.partition.Reading;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.event.Topics;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One partition while this instance has it: where its consumer stands, and what is remembered of it. */
final class AssignedPartition {
  private final int partition;
  private final Partitions partitions;
  private final int unitMax;
  private final PartitionTransactions work;
  private final ChainRecordReader records;
  private Place place = Place.UNKNOWN;
  private boolean sameDeployment;
  /** The partition's next seq when counting last arrived at it. A mismatch there is then no matter of the offset. */
  private long confirmedSeq = -1;
  private @Nullable PartitionState memory;
  private @Nullable PartitionReader reader;

  /** Where the consumer stands. */
  private enum Place {
    UNKNOWN,
    /** At the partition's first record, which must declare what the store follows. */
    DECLARATION,
    /** Where the stored offset led: a hint, not yet confirmed by the seq found there. */
    HINT,
    /** Counting from the first record, or going on from a confirmed hint. */
    COUNTED
  }

  AssignedPartition(int partition, Partitions partitions, int unitMax, PartitionTransactions work,
      ChainRecordReader records) {
    this.partition = partition;
    this.partitions = partitions;
    this.unitMax = unitMax;
    this.work = work;
    this.records = records;
  }

  TopicPartition partition() {
    return new TopicPartition(Topics.CHAIN_EVENTS, partition);
  }

  /** Goes to where the store says that the partition stands; the first time by way of the partition's first record. */
  void open(Consumer<byte[], byte[]> consumer) {
    PartitionState stored = work.load(partition);
    if (stored.nextSeq() == 0) {
      openFromBeginning(consumer);
    } else if (sameDeployment) {
      openAtHint(consumer, stored);
    } else {
      stand(Place.DECLARATION, stored, 0);
      consumer.seekToBeginning(List.of(partition()));
      consumer.resume(List.of(partition()));
    }
  }

  private void openAtHint(Consumer<byte[], byte[]> consumer, PartitionState stored) {
    stand(Place.HINT, stored, stored.nextSeq());
    consumer.seek(partition(), stored.nextOffset());
    consumer.resume(List.of(partition()));
  }

  /** Finds the partition's place by counting from its first record: the stored offset does not lead to it. */
  void openFromBeginning(Consumer<byte[], byte[]> consumer) {
    stand(Place.COUNTED, work.load(partition), 0);
    consumer.seekToBeginning(List.of(partition()));
    consumer.resume(List.of(partition()));
  }

  private void stand(Place where, PartitionState stored, long firstDelivered) {
    place = where;
    memory = stored;
    reader = new PartitionReader(partition, partitions, records, firstDelivered);
  }

  /** Whether the stored offset was a wrong hint: the first record behind it was not the one that was due. */
  boolean isMisplaced() {
    return place == Place.HINT && memory != null && memory.nextSeq() != confirmedSeq;
  }

  /**
   * Records what was delivered, each unit of work at most {@code unitMax} records.
   *
   * @return how many were new
   */
  int take(List<ConsumerRecord<byte[], byte[]>> delivered, Consumer<byte[], byte[]> consumer) {
    if (memory == null || reader == null) {
      return 0;
    }
    if (place == Place.DECLARATION) {
      requireSameDeployment(reader.next(delivered.subList(0, 1), 0), memory);
      openAtHint(consumer, memory);
      return 0;
    }
    PartitionReader.Batch batch = reader.next(delivered, memory.nextSeq());
    if (batch.stop().isEmpty() || !batch.records().isEmpty()) {
      place = Place.COUNTED;
    }
    if (reader.expected() >= memory.nextSeq() && place == Place.COUNTED) {
      confirmedSeq = reader.expected();
    }
    for (List<PartitionRecord> unit : PartitionRecord.units(batch.records(), unitMax)) {
      work.record(memory, unit);
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
    boolean same = first.records().getFirst().reading() instanceof Reading.Understood understood
        && understood.chainRecord().event() instanceof ChainEvent.DeploymentDeclared declared
        && stored.follows(declared.deployment());
    if (!same) {
      throw new PartitionHalted("partition " + partition + ": " + Topics.CHAIN_EVENTS
          + " belongs to another deployment than this store."
          + " Stored: " + stored.deployment() + "; the topic begins with: " + first.records().getFirst().reading()
          + ". Use the store of that deployment, or the Kafka of this one");
    }
    sameDeployment = true;
  }

  /** @throws PartitionHalted if Kafka has nothing more, and the partition's place has not been found */
  void requirePlaceFound(Consumer<byte[], byte[]> consumer) {
    if (memory != null && reader != null && reader.expected() < memory.nextSeq() && lag(consumer).orElse(1) == 0) {
      throw new PartitionHalted("partition " + partition + ": " + Topics.CHAIN_EVENTS + " ends at seq "
          + reader.expected()
          + ", but this store has recorded it up to seq " + (memory.nextSeq() - 1)
              + ": it is another Kafka, or it has lost"
          + " what it had");
    }
  }

  long nextSeq() {
    return memory == null ? -1 : memory.nextSeq();
  }

  int quarantinedOwners() {
    return memory == null ? 0 : memory.quarantinedOwners();
  }

  OptionalLong lag(Consumer<byte[], byte[]> consumer) {
    return consumer.currentLag(partition());
  }
}
