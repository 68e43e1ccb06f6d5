package io.neuronledger.foundation.partitionlog;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongBinaryOperator;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic of one partition on a thread of its own until closed: for news that every instance hears, without a
 * group. After a failure of Kafka it begins again.
 */
public final class OnePartitionReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OnePartitionReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final TopicPartition partition;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Duration retryAfter;
  private final LongBinaryOperator beginning;
  private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> records;
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile boolean closed;

  /**
   * @param name of the thread
   * @param consumers creates consumers without a group; this class closes them
   * @param retryAfter how long it waits after a failure, and for a topic that is not there yet
   * @param beginning the offset at which it begins, from that of the first record and that of the next one
   * @param records receives each record, on the thread; throws nothing
   */
  public OnePartitionReader(String name, String topic, Supplier<Consumer<byte[], byte[]>> consumers,
      Duration retryAfter, LongBinaryOperator beginning,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> records) {
    this.partition = new TopicPartition(topic, 0);
    this.consumers = consumers;
    this.retryAfter = retryAfter;
    this.beginning = beginning;
    this.records = records;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    List<TopicPartition> assigned = List.of(partition);
    while (!closed) {
      try (Consumer<byte[], byte[]> opened = consumers.get()) {
        consumer = opened;
        awaitTopic(opened);
        opened.assign(assigned);
        long begin = requireNonNull(opened.beginningOffsets(assigned).get(partition));
        long end = requireNonNull(opened.endOffsets(assigned).get(partition));
        opened.seek(partition, beginning.applyAsLong(begin, end));
        while (!closed) {
          opened.poll(POLL).forEach(records);
        }
      } catch (WakeupException e) {
        // the reader is being closed
      } catch (KafkaException e) {
        log.warn("cannot read {}: {}", partition.topic(), e.toString());
        LockSupport.parkNanos(retryAfter.toNanos());
      }
    }
  }

  /** Another service may create it; Kafka's client would log a warning for every look at a topic that is not there. */
  private void awaitTopic(Consumer<byte[], byte[]> opened) {
    while (!closed && !opened.listTopics().containsKey(partition.topic())) {
      LockSupport.parkNanos(retryAfter.toNanos());
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
