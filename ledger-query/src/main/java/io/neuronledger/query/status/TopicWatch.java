package io.neuronledger.query.status;

import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.query.intake.PartitionProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the partitions' offsets with the end of the topic, independently of the consumers, to detect a dead loop or
 * a silent connection that a consumer does not notice.
 */
public final class TopicWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Admin admin;
  private final PartitionProgress progress;
  private final Clock clock;
  private final Map<Integer, Behind> behind = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile Instant seenAt;
  private volatile boolean closed;

  public TopicWatch(Admin admin, PartitionProgress progress, Clock clock) {
    this.admin = admin;
    this.progress = progress;
    this.clock = clock;
    this.seenAt = clock.instant();
    this.thread = Thread.ofPlatform().name("topic-watch").daemon().unstarted(this::run);
  }

  /** A partition that has records to read but does not advance. */
  record Behind(long offset, long end, Instant since) {}

  /** Starts the thread. */
  public TopicWatch start() {
    thread.start();
    return this;
  }

  /** The time at which the end offsets were last read. */
  Instant seenAt() {
    return seenAt;
  }

  /** The state of a partition that is behind the end of the topic; empty if it is not. */
  Optional<Behind> behind(int partition) {
    return Optional.ofNullable(behind.get(partition));
  }

  private void run() {
    while (!closed) {
      try {
        compare(ends(), clock.instant());
      } catch (ExecutionException | TimeoutException | KafkaException e) {
        log.warn("cannot read the end offsets of {}: {}", Topics.ACCOUNT_EVENTS, e.toString());
      } catch (InterruptedException e) {
        return;
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  /** @param ends the end offsets by partition */
  void compare(Map<Integer, Long> ends, Instant now) {
    Map<Integer, PartitionProgress.At> partitions = progress.partitions();
    behind.keySet().retainAll(partitions.keySet());
    partitions.forEach((partition, at) -> behind.compute(partition, (_, before) -> {
      long end = ends.getOrDefault(partition, at.offset());
      if (end <= at.offset()) {
        return null;
      }
      return new Behind(at.offset(), end, before != null && before.offset() == at.offset() ? before.since() : now);
    }));
    seenAt = now;
  }

  /**
   * Reads the end offsets by partition. Always includes partition 0, so that an instance without partitions notices too
   * if Kafka is unavailable.
   */
  Map<Integer, Long> ends() throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = Stream.concat(Stream.of(0), progress.partitions().keySet().stream())
        .distinct()
        .collect(Collectors.toMap(
            partition -> new TopicPartition(Topics.ACCOUNT_EVENTS, partition), _ -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found = admin
        .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)
            .timeoutMs((int) TIMEOUT.toMillis()))
        .all().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    return found.entrySet().stream().collect(Collectors.toMap(
        entry -> entry.getKey().partition(), entry -> entry.getValue().offset()));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
