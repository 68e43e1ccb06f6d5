package io.neuronledger.foundation.access.key;

import static java.util.Objects.requireNonNull;

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
 * Reads {@code ledger.api-keys.v1} from its beginning on its own thread until closed; after a failure of Kafka again
 * from the beginning. A key whose record cannot be read is no key: it may be a revocation.
 */
public final class ApiKeyReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiKeyReader.class);
  private static final TopicPartition PARTITION = new TopicPartition(Topics.API_KEYS, 0);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final ApiKeyDirectory directory;
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile boolean closed;

  /** @param consumers creates consumers of committed records without a group; this class closes them */
  public ApiKeyReader(Supplier<Consumer<byte[], byte[]>> consumers, ApiKeyDirectory directory) {
    this.consumers = consumers;
    this.directory = directory;
    this.thread = Thread.ofPlatform().name("api-key-reader").daemon().unstarted(this::run);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try (Consumer<byte[], byte[]> opened = consumers.get()) {
        consumer = opened;
        awaitTopic(opened);
        opened.assign(List.of(PARTITION));
        opened.seek(PARTITION, requireNonNull(opened.beginningOffsets(List.of(PARTITION)).get(PARTITION)));
        while (!closed) {
          opened.poll(POLL).forEach(this::add);
        }
      } catch (WakeupException e) {
        // the reader is being closed
      } catch (KafkaException e) {
        log.warn("cannot read {}, so no API key is verified soon: {}", Topics.API_KEYS, e.toString());
        LockSupport.parkNanos(RETRY_DELAY.toNanos());
      }
    }
  }

  /** ledger-command creates it; Kafka's client would log a warning for every look at a topic that is not there. */
  private void awaitTopic(Consumer<byte[], byte[]> opened) {
    while (!closed && !opened.listTopics().containsKey(Topics.API_KEYS)) {
      LockSupport.parkNanos(RETRY_DELAY.toNanos());
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    try {
      if (record.value() == null) {
        throw new IllegalArgumentException("the record has no value");
      }
      ApiKeyRecord read = TopicJson.MAPPER.readValue(record.value(), ApiKeyRecord.class);
      if (read == null || !read.key().equals(key)) {
        throw new IllegalArgumentException("the record has the key of another one");
      }
      directory.accept(read);
    } catch (JacksonException | IllegalArgumentException e) {
      log.error("the record of {} at offset {} cannot be read, so its API key is refused", Topics.API_KEYS,
          record.offset());
      directory.forget(key);
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
