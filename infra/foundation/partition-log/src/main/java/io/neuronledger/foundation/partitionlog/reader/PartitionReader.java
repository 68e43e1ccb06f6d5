package io.neuronledger.foundation.partitionlog.reader;

import io.neuronledger.contracts.topic.SequencedRecord;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer of a topic, with the partitions assigned to it. Positions come from the handler's store only, never from
 * the group. Used by one thread.
 */
public final class PartitionReader<R extends SequencedRecord> implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(PartitionReader.class);

  private final SequencedTopic<R> topic;
  private final PartitionHandler<R> handler;
  private final ReaderSettings settings;
  private final PartitionProgress progress;
  private final Clock clock;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<Integer, AssignedPartition<R>> partitions = new TreeMap<>();

  public PartitionReader(SequencedTopic<R> topic, PartitionHandler<R> handler, ReaderSettings settings,
      PartitionProgress progress, Clock clock, Consumer<byte[], byte[]> consumer) {
    this.topic = topic;
    this.handler = handler;
    this.settings = settings;
    this.progress = progress;
    this.clock = clock;
    this.consumer = consumer;
  }

  /** Shares the partitions with the other members of the consumer's group. */
  public PartitionReader<R> join() {
    consumer.subscribe(List.of(topic.name()), this);
    return this;
  }

  /** Reads all partitions, without a group. */
  public PartitionReader<R> assignAll() {
    List<TopicPartition> all = IntStream.range(0, topic.partitions().count())
        .mapToObj(number -> new TopicPartition(topic.name(), number)).toList();
    consumer.assign(all);
    onPartitionsAssigned(all);
    return this;
  }

  /**
   * One poll: handles the delivered records of the partitions that go on.
   *
   * @throws org.apache.kafka.common.KafkaException if the consumer fails; a new one must replace it
   */
  public void step() {
    Instant now = clock.instant();
    partitions.values().stream().filter(partition -> partition.isDue(now)).forEach(this::open);
    handle(next(poll()));
    for (AssignedPartition<R> partition : partitions.values()) {
      if (!partition.isPaused()) {
        runIsolated(partition, partition::requirePositionFound);
      }
      if (!partition.isPaused()) {
        report(partition);
      }
    }
    progress.recordStep(Thread.currentThread().getName());
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(settings.poll());
    } catch (OffsetOutOfRangeException e) {
      for (TopicPartition outside : e.partitions()) {
        AssignedPartition<R> partition = partitions.get(outside.partition());
        if (partition != null) {
          runIsolated(partition, partition::openWithoutOffset);
        }
      }
      return ConsumerRecords.empty();
    }
  }

  private List<PartitionBatch<R>> next(ConsumerRecords<byte[], byte[]> delivered) {
    List<PartitionBatch<R>> batches = new ArrayList<>();
    for (AssignedPartition<R> partition : partitions.values()) {
      List<ConsumerRecord<byte[], byte[]>> records = delivered.records(partition.partition());
      if (!records.isEmpty() && !partition.isPaused()) {
        runIsolated(partition, () -> partition.next(records).ifPresent(batches::add));
      }
    }
    return batches;
  }

  private void handle(List<PartitionBatch<R>> batches) {
    List<PartitionBatch<R>> together = new ArrayList<>();
    for (PartitionBatch<R> batch : batches) {
      AssignedPartition<R> partition = assigned(batch.partition());
      if (partition.isAlone()) {
        runIsolated(partition, () -> advance(List.of(batch)));
      } else {
        together.add(batch);
      }
    }
    if (!together.isEmpty()) {
      handleTogether(together);
    }
  }

  private void handleTogether(List<PartitionBatch<R>> batches) {
    List<AssignedPartition<R>> concerned =
        batches.stream().map(batch -> assigned(batch.partition())).toList();
    if (concerned.size() == 1) {
      runIsolated(concerned.getFirst(), () -> advance(batches));
      return;
    }
    try {
      advance(batches);
    } catch (RuntimeException e) {
      // A conflict too: a partition that conflicts again and again must not hold up the others.
      log.warn("Partitions {} failed together; each is tried alone: {}",
          concerned.stream().map(AssignedPartition::number).toList(), e.toString());
      concerned.forEach(AssignedPartition::setAlone);
      concerned.forEach(this::open);
    }
  }

  private void advance(List<PartitionBatch<R>> batches) {
    for (PartitionPosition position : handler.handle(batches)) {
      AssignedPartition<R> partition = assigned(position.partition());
      partition.advance(position);
      position.halted().ifPresent(reason -> halt(partition, reason));
    }
  }

  private AssignedPartition<R> assigned(int partition) {
    AssignedPartition<R> found = partitions.get(partition);
    if (found == null) {
      throw new IllegalStateException("partition " + partition + " is not assigned");
    }
    return found;
  }

  private void open(AssignedPartition<R> partition) {
    runIsolated(partition, partition::open);
  }

  /** Catches every exception of one partition: it pauses and the others go on. */
  private void runIsolated(AssignedPartition<R> partition, Runnable action) {
    try {
      action.run();
    } catch (PositionConflict e) {
      log.info("{}; loading it again", e.getMessage());
      open(partition);
    } catch (PartitionHalted e) {
      halt(partition, e.reason());
    } catch (RuntimeException e) {
      Duration pause = settings.retryAfter(partition.fail());
      log.warn("Partition {} failed, retrying in {}: {}", partition.number(), pause, e.toString(), e);
      partition.pause(clock.instant().plus(pause));
      progress.pause(partition.number(), PartitionProgress.State.RETRYING, partition.nextSeq(), partition.lag(),
          reason(e));
    }
  }

  /** The outermost message and the innermost: libraries often keep the database's own words there. */
  private static String reason(RuntimeException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == failure ? failure.toString() : failure.getMessage() + ": " + root.getMessage();
  }

  private void halt(AssignedPartition<R> partition, String reason) {
    log.error("HALTED, an operator must act: {}", reason);
    partition.pause(clock.instant().plus(settings.haltedRetryAfter()));
    progress.pause(partition.number(), PartitionProgress.State.HALTED, partition.nextSeq(), partition.lag(), reason);
  }

  private void report(AssignedPartition<R> partition) {
    progress.run(partition.number(), partition.nextSeq(), partition.offset(), partition.lag(), partition.halted());
  }

  /** A partition's position is set before the first fetch. */
  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> added) {
    for (TopicPartition each : added) {
      AssignedPartition<R> partition =
          new AssignedPartition<>(each.partition(), topic, handler, settings.recounts(), consumer);
      partitions.put(each.partition(), partition);
      consumer.seek(each, 0);
      open(partition);
    }
    log.info("Reading partitions {} of {}", partitions.keySet(), topic.name());
    progress.markJoined();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> removed) {
    for (TopicPartition each : removed) {
      partitions.remove(each.partition());
      progress.remove(each.partition());
      handler.revoked(each.partition());
    }
  }
}
