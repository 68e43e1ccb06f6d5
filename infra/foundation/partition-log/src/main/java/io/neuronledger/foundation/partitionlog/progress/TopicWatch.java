package io.neuronledger.foundation.partitionlog.progress;

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
 * Compares the partitions' offsets with the end of the topic, independently of the consumers: a consumer that has read
 * everything does not notice that no broker answers, or that its own loop is dead.
 */
public final class TopicWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Admin admin;
  private final String topic;
  private final PartitionProgress progress;
  private final Clock clock;
  private final Map<Integer, Behind> behind = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile Instant answeredAt;
  private volatile boolean closed;

  /** @param admin closed with this watch */
  public TopicWatch(Admin admin, String topic, PartitionProgress progress, Clock clock) {
    this.admin = admin;
    this.topic = topic;
    this.progress = progress;
    this.clock = clock;
    this.answeredAt = clock.instant();
    this.thread = Thread.ofPlatform().name("topic-watch").daemon().unstarted(this::run);
  }

  /** A partition that has records to read but does not advance. */
  record Behind(long offset, long end, Instant since) {}

  /** Starts the thread. */
  public TopicWatch start() {
    thread.start();
    return this;
  }

  /** When Kafka last answered. */
  public Instant answeredAt() {
    return answeredAt;
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
        log.warn("cannot read the end offsets of {}: {}", topic, e.toString());
      } catch (InterruptedException e) {
        return;
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  /** @param ends the end offsets by partition */
  void compare(Map<Integer, Long> ends, Instant now) {
    behind.keySet().removeIf(number -> progress.partition(number).isEmpty());
    for (PartitionProgress.Partition partition : progress.partitions()) {
      behind.compute(partition.number(), (number, before) -> {
        long end = ends.getOrDefault(number, partition.offset());
        if (end <= partition.offset()) {
          return null;
        }
        boolean still = before != null && before.offset() == partition.offset();
        return new Behind(partition.offset(), end, still ? before.since() : now);
      });
    }
    answeredAt = now;
  }

  /**
   * Reads the end offsets by partition. Always includes partition 0, so that an instance without partitions notices too
   * if Kafka is unavailable.
   */
  Map<Integer, Long> ends() throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = Stream.concat(Stream.of(0),
            progress.partitions().stream().map(PartitionProgress.Partition::number))
        .distinct()
        .collect(Collectors.toMap(number -> new TopicPartition(topic, number), _ -> OffsetSpec.latest()));
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
    admin.close(Duration.ZERO);
  }
}
