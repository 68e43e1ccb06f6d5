package io.neuronledger.foundation.partitionlog;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic of one partition on a thread of its own until closed: for news that every instance hears, without a
 * group. After a failure of Kafka it begins again.
 */
public final class OnePartitionReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final TopicPartition partition;
  private final LongBinaryOperator beginning;
  private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> records;
  private final ConsumerThread thread;

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
    this.beginning = beginning;
    this.records = records;
    this.thread = new ConsumerThread(name, topic, consumers, retryAfter, this::read);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  private void read(Consumer<byte[], byte[]> opened) {
    List<TopicPartition> assigned = List.of(partition);
    awaitTopic(opened);
    opened.assign(assigned);
    long begin = requireNonNull(opened.beginningOffsets(assigned).get(partition));
    long end = requireNonNull(opened.endOffsets(assigned).get(partition));
    opened.seek(partition, beginning.applyAsLong(begin, end));
    while (!thread.isClosed()) {
      opened.poll(POLL).forEach(records);
    }
  }

  /** Another service may create it; Kafka's client would log a warning for every look at a topic that is not there. */
  private void awaitTopic(Consumer<byte[], byte[]> opened) {
    while (!thread.isClosed() && !opened.listTopics().containsKey(partition.topic())) {
      thread.pause();
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
