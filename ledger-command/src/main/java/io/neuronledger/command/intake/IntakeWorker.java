package io.neuronledger.command.intake;

import io.neuronledger.command.partition.PartitionHalted;
import io.neuronledger.command.partition.PartitionTransactions;
import io.neuronledger.command.partition.PositionConflict;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.foundation.partitionlog.RecordParser;
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
  private final PartitionTransactions transactions;
  private final RecordParser<ChainRecord> parser;
  private final IntakeProgress progress;
  private final Cache aggregates;
  private final Clock clock;
  private final Map<Integer, AssignedPartition> partitions = new HashMap<>();
  private final Map<Integer, Instant> pausedUntil = new HashMap<>();

  IntakeWorker(Consumer<byte[], byte[]> consumer, IntakeSettings settings, PartitionTransactions transactions,
      RecordParser<ChainRecord> parser,
      IntakeProgress progress, Cache aggregates, Clock clock) {
    this.consumer = consumer;
    this.settings = settings;
    this.transactions = transactions;
    this.parser = parser;
    this.progress = progress;
    this.aggregates = aggregates;
    this.clock = clock;
  }

  /** One poll: records the new records of the assigned partitions, each partition on its own. */
  void step() {
    Instant now = clock.instant();
    for (AssignedPartition partition : List.copyOf(partitions.values())) {
      Instant until = pausedUntil.get(partition.partition().partition());
      if (until != null && !now.isBefore(until)) {
        pausedUntil.remove(partition.partition().partition());
        open(partition);
      }
    }
    ConsumerRecords<byte[], byte[]> delivered = poll();
    for (TopicPartition assigned : delivered.partitions()) {
      AssignedPartition partition = partitions.get(assigned.partition());
      if (partition != null && !pausedUntil.containsKey(assigned.partition())) {
        record(partition, delivered);
      }
    }
    partitions.forEach((number, partition) -> {
      if (!pausedUntil.containsKey(number)) {
        runIsolated(partition, each -> each.requirePositionFound(consumer));
      }
      if (!pausedUntil.containsKey(number)) {
        progress.setRunning(number, partition.nextSeq(), lagOf(partition), partition.quarantinedOwners());
      }
    });
    progress.recordStep();
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(settings.pollTimeout());
    } catch (OffsetOutOfRangeException e) {
      for (TopicPartition assigned : e.partitions()) {
        log.warn("Partition {}: {} does not have the stored offset; counting from the first record",
            assigned.partition(), assigned.topic());
        runIsolated(Objects.requireNonNull(partitions.get(assigned.partition())),
            partition -> partition.openFromBeginning(consumer));
      }
      return ConsumerRecords.empty();
    }
  }

  private void record(AssignedPartition partition, ConsumerRecords<byte[], byte[]> delivered) {
    runIsolated(partition, each -> {
      int recorded = each.record(delivered.records(each.partition()), consumer);
      if (recorded > 0) {
        progress.advance(each.partition().partition(), recorded);
      }
    });
  }

  private void open(AssignedPartition partition) {
    runIsolated(partition, each -> each.open(consumer));
  }

  /** Catches every exception of one partition: it pauses and the others go on. */
  private void runIsolated(AssignedPartition partition, java.util.function.Consumer<AssignedPartition> action) {
    try {
      action.accept(partition);
    } catch (PositionConflict e) {
      log.info("{}; loading it again", e.getMessage());
      aggregates.removeAll();
      open(partition);
    } catch (PartitionHalted e) {
      if (partition.isHintWrong()) {
        log.warn("{}. The stored offset may be wrong: counting from the first record", e.getMessage());
        runIsolated(partition, each -> each.openFromBeginning(consumer));
        return;
      }
      log.error("STOPPED, an operator must act: {}", e.getMessage());
      pause(partition, PartitionProgress.State.STOPPED, e, settings.stoppedRetryAfter());
    } catch (RuntimeException e) {
      log.warn("Partition {} failed, retrying: {}", partition.partition().partition(), e.toString(), e);
      pause(partition, PartitionProgress.State.RETRYING, e, settings.retryAfter());
    }
  }

  private void pause(AssignedPartition partition, PartitionProgress.State state, RuntimeException cause,
      Duration duration) {
    int number = partition.partition().partition();
    consumer.pause(List.of(partition.partition()));
    pausedUntil.put(number, clock.instant().plus(duration));
    progress.setPaused(number, state, partition.nextSeq(), lagOf(partition), String.valueOf(cause.getMessage()));
  }

  private OptionalLong lagOf(AssignedPartition partition) {
    return partition.lag(consumer);
  }

  /** A partition's position comes from the store, not from the group: it is set before the first fetch. */
  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> all) {
    // The instance that had them before has written to the same aggregates.
    aggregates.removeAll();
    for (TopicPartition assigned : all) {
      AssignedPartition partition =
          new AssignedPartition(assigned.partition(), settings.partitions(), settings.unitMax(), transactions, parser);
      partitions.put(assigned.partition(), partition);
      consumer.seek(assigned, 0);
      open(partition);
    }
    log.info("Recording partitions {}", partitions.keySet());
    progress.markJoined();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> all) {
    for (TopicPartition revoked : all) {
      partitions.remove(revoked.partition());
      pausedUntil.remove(revoked.partition());
      progress.remove(revoked.partition());
    }
    // The instance that gets them next writes to the same aggregates.
    aggregates.removeAll();
  }
}
