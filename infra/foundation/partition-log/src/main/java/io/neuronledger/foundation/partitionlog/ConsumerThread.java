package io.neuronledger.foundation.partitionlog;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that reads with a consumer until it is closed, with a new one after each failure of Kafka. */
public final class ConsumerThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConsumerThread.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Duration retryAfter;
  private final java.util.function.Consumer<Consumer<byte[], byte[]>> reading;
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile boolean closed;

  /**
   * @param name of the thread
   * @param topic for the log
   * @param consumers creates consumers without a group; this class closes them
   * @param retryAfter how long {@link #pause} lasts, also after a failure
   * @param reading reads until {@link #isClosed}; what it throws of Kafka's is tried again
   */
  public ConsumerThread(String name, String topic, Supplier<Consumer<byte[], byte[]>> consumers, Duration retryAfter,
      java.util.function.Consumer<Consumer<byte[], byte[]>> reading) {
    this.topic = topic;
    this.consumers = consumers;
    this.retryAfter = retryAfter;
    this.reading = reading;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  public boolean isClosed() {
    return closed;
  }

  /** Waits before the next attempt, on the thread; closing ends it. */
  public void pause() {
    LockSupport.parkNanos(retryAfter.toNanos());
  }

  private void run() {
    while (!closed) {
      try (Consumer<byte[], byte[]> opened = consumers.get()) {
        consumer = opened;
        reading.accept(opened);
      } catch (WakeupException e) {
        // it is being closed
      } catch (KafkaException e) {
        log.warn("cannot read {}: {}", topic, e.toString());
        pause();
      }
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
