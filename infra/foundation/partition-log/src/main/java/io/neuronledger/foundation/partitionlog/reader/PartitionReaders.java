package io.neuronledger.foundation.partitionlog.reader;

import io.neuronledger.contracts.topic.SequencedRecord;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readers of this instance, each on its own thread. Any number of instances and readers share the partitions by
 * consumer group. The handler's check of the stored position ensures one writer, even while the group assigns a
 * partition twice.
 */
public final class PartitionReaders<R extends SequencedRecord> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PartitionReaders.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final SequencedTopic<R> topic;
  private final PartitionHandler<R> handler;
  private final ReaderSettings settings;
  private final PartitionProgress progress;
  private final Clock clock;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final List<Loop> loops = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** @param consumers creates members of one group, which start at the position of a seek */
  public PartitionReaders(SequencedTopic<R> topic, PartitionHandler<R> handler, ReaderSettings settings,
      PartitionProgress progress, Clock clock, Supplier<Consumer<byte[], byte[]>> consumers) {
    this.topic = topic;
    this.handler = handler;
    this.settings = settings;
    this.progress = progress;
    this.clock = clock;
    this.consumers = consumers;
  }

  /** @param topicsReady whether the topics exist; called again until they do */
  public PartitionReaders<R> start(int threads, BooleanSupplier topicsReady) {
    for (int i = 0; i < threads; i++) {
      loops.add(new Loop("intake-" + i, topicsReady));
    }
    loops.forEach(Loop::start);
    return this;
  }

  /** Stops after the current records are handled. */
  @Override
  public void close() {
    closing.countDown();
    loops.forEach(Loop::wake);
    loops.forEach(Loop::join);
  }

  private boolean isOpen() {
    return closing.getCount() > 0;
  }

  /** One thread and its current consumer, if any. */
  private final class Loop {
    private final Thread thread;
    private final BooleanSupplier topicsReady;
    private @Nullable Consumer<byte[], byte[]> current;
    private int failures;

    Loop(String name, BooleanSupplier topicsReady) {
      this.topicsReady = topicsReady;
      this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    void start() {
      progress.recordStep(thread.getName());
      thread.start();
    }

    private void run() {
      while (isOpen()) {
        try {
          if (topicsReady.getAsBoolean()) {
            read();
          } else {
            pauseAfterFailure();
          }
        } catch (WakeupException e) {
          log.debug("Woken up to stop");
        } catch (RuntimeException e) {
          log.error("The consumer of {} failed; starting a new one", topic.name(), e);
          pauseAfterFailure();
        }
      }
    }

    private void read() {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        setCurrent(consumer);
        PartitionReader<R> reader =
            new PartitionReader<>(topic, handler, settings, progress, clock, consumer).join();
        while (isOpen()) {
          reader.step();
          failures = 0;
        }
      }
    }

    private synchronized void setCurrent(Consumer<byte[], byte[]> consumer) {
      current = consumer;
    }

    private void pauseAfterFailure() {
      try {
        closing.await(settings.retryAfter(++failures).toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        closing.countDown();
      }
    }

    synchronized void wake() {
      if (current != null) {
        current.wakeup();
      }
    }

    void join() {
      try {
        if (!thread.join(STOP_TIMEOUT)) {
          log.warn("{} does not stop", thread.getName());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
