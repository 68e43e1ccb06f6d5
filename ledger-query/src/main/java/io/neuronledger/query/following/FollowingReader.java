package io.neuronledger.query.following;

import static java.util.Objects.requireNonNull;

import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Reads {@code ledger.following.v1} on its own thread until closed. While Kafka is unavailable the reports expire;
 * malformed records are logged and ignored.
 */
public final class FollowingReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FollowingReader.class);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.FOLLOWING, 0);
  /** The number of records read at the start: enough for the newest report of every instance in the last minutes. */
  private static final long RECORDS_AT_START = 1_000;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final FollowingReports reports;
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile boolean closed;

  /** @param consumers creates consumers without a group; this class closes them */
  public FollowingReader(Supplier<Consumer<byte[], byte[]>> consumers, FollowingReports reports) {
    this.consumers = consumers;
    this.reports = reports;
    this.thread = Thread.ofPlatform().name("following-reader").daemon().unstarted(this::run);
  }

  /** Starts the thread. */
  public FollowingReader start() {
    thread.start();
    return this;
  }

  private void run() {
    while (!closed) {
      try (Consumer<byte[], byte[]> opened = consumers.get()) {
        consumer = opened;
        opened.assign(List.of(PARTITION));
        long begin = requireNonNull(opened.beginningOffsets(List.of(PARTITION)).get(PARTITION));
        long end = requireNonNull(opened.endOffsets(List.of(PARTITION)).get(PARTITION));
        opened.seek(PARTITION, Math.max(begin, end - RECORDS_AT_START));
        while (!closed) {
          opened.poll(POLL).forEach(this::add);
        }
      } catch (WakeupException e) {
        // the reader is being closed
      } catch (KafkaException e) {
        log.warn("cannot read {}: {}", Topics.FOLLOWING, e.toString());
        LockSupport.parkNanos(RETRY_DELAY.toNanos());
      }
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    try {
      reports.add(new String(record.key(), StandardCharsets.UTF_8),
          TopicJson.MAPPER.readValue(record.value(), FollowingReport.class));
    } catch (JacksonException e) {
      log.warn("malformed following report: {} at offset {}: {}", Topics.FOLLOWING, record.offset(),
          e.getOriginalMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    Consumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    LockSupport.unpark(thread);
    try {
      if (thread.isAlive()) {
        thread.join(CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
