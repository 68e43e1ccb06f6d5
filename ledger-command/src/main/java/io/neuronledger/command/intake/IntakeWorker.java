package io.neuronledger.command.intake;

import io.neuronledger.command.partition.ChainRecordReader;
import io.neuronledger.command.partition.PartitionHalted;
import io.neuronledger.command.partition.PartitionTransactions;
import io.neuronledger.command.partition.PositionConflict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.common.caching.Cache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer of the intake's group, with the partitions assigned to it. Used by one thread. */
final class IntakeWorker implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(IntakeWorker.class);

  private final Consumer<byte[], byte[]> consumer;
  private final IntakeSettings settings;
  private final PartitionTransactions work;
  private final ChainRecordReader records;
  private final IntakeProgress progress;
  private final Cache aggregates;
  private final Clock clock;
  private final Map<Integer, AssignedPartition> partitions = new HashMap<>();
  private final Map<Integer, Instant> waiting = new HashMap<>();

  IntakeWorker(Consumer<byte[], byte[]> consumer, IntakeSettings settings, PartitionTransactions work,
      ChainRecordReader records,
      IntakeProgress progress, Cache aggregates, Clock clock) {
    this.consumer = consumer;
    this.settings = settings;
    this.work = work;
    this.records = records;
    this.progress = progress;
    this.aggregates = aggregates;
    this.clock = clock;
  }

  /** One step: what Kafka has of the assigned partitions, each partition by itself. */
  void step() {
    Instant now = clock.instant();
    for (AssignedPartition partition : List.copyOf(partitions.values())) {
      Instant until = waiting.get(partition.partition().partition());
      if (until != null && !now.isBefore(until)) {
        waiting.remove(partition.partition().partition());
        open(partition);
      }
    }
    ConsumerRecords<byte[], byte[]> delivered = poll();
    for (TopicPartition assigned : delivered.partitions()) {
      AssignedPartition partition = partitions.get(assigned.partition());
      if (partition != null && !waiting.containsKey(assigned.partition())) {
        take(partition, delivered);
      }
    }
    partitions.forEach((number, partition) -> {
      if (!waiting.containsKey(number)) {
        guarded(partition, each -> each.requirePlaceFound(consumer));
      }
      if (!waiting.containsKey(number)) {
        progress.running(number, partition.nextSeq(), lagOf(partition), partition.quarantinedOwners());
      }
    });
    progress.stepped();
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(settings.pollTimeout());
    } catch (OffsetOutOfRangeException e) {
      for (TopicPartition assigned : e.partitions()) {
        log.warn("Partition {}: the stored offset is not in {}. Counting from its first record.", assigned.partition(),
            assigned.topic());
        guarded(Objects.requireNonNull(partitions.get(assigned.partition())),
            partition -> partition.openFromBeginning(consumer));
      }
      return ConsumerRecords.empty();
    }
  }

  private void take(AssignedPartition partition, ConsumerRecords<byte[], byte[]> delivered) {
    guarded(partition, each -> {
      int taken = each.take(delivered.records(each.partition()), consumer);
      if (taken > 0) {
        progress.moved(each.partition().partition(), taken);
      }
    });
  }

  private void open(AssignedPartition partition) {
    guarded(partition, each -> each.open(consumer));
  }

  /** A partition that fails waits, and the others go on: so this catches whatever a partition can throw. */
  private void guarded(AssignedPartition partition, java.util.function.Consumer<AssignedPartition> action) {
    try {
      action.accept(partition);
    } catch (PositionConflict e) {
      log.info("{}. Reading it again.", e.getMessage());
      aggregates.removeAll();
      open(partition);
    } catch (PartitionHalted e) {
      if (partition.isMisplaced()) {
        log.warn("{}. The stored offset may be wrong: counting from the first record.", e.getMessage());
        guarded(partition, each -> each.openFromBeginning(consumer));
        return;
      }
      log.error("STOPPED, a person is needed: {}", e.getMessage());
      rest(partition, PartitionProgress.State.STOPPED, e, settings.stoppedRetryAfter());
    } catch (RuntimeException e) {
      log.warn("Partition {} failed, trying again: {}", partition.partition().partition(), e.toString(), e);
      rest(partition, PartitionProgress.State.RETRYING, e, settings.retryAfter());
    }
  }

  private void rest(AssignedPartition partition, PartitionProgress.State state, RuntimeException why, Duration pause) {
    int number = partition.partition().partition();
    consumer.pause(List.of(partition.partition()));
    waiting.put(number, clock.instant().plus(pause));
    progress.resting(number, state, partition.nextSeq(), lagOf(partition), String.valueOf(why.getMessage()));
  }

  private OptionalLong lagOf(AssignedPartition partition) {
    return partition.lag(consumer);
  }

  /** The store, not the group, says where a partition stands: the position is set before anything is fetched. */
  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> all) {
    // Whoever had them before has written to the same aggregates.
    aggregates.removeAll();
    for (TopicPartition assigned : all) {
      AssignedPartition partition =
          new AssignedPartition(assigned.partition(), settings.partitions(), settings.unitMax(), work, records);
      partitions.put(assigned.partition(), partition);
      consumer.seek(assigned, 0);
      open(partition);
    }
    log.info("Recording partitions {}", partitions.keySet());
    progress.assigned();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> all) {
    for (TopicPartition revoked : all) {
      partitions.remove(revoked.partition());
      waiting.remove(revoked.partition());
      progress.left(revoked.partition());
    }
    // Whoever has them next writes to the same aggregates.
    aggregates.removeAll();
  }
}
