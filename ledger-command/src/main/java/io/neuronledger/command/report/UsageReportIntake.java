package io.neuronledger.command.report;

import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.contracts.event.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes usage reports off Kafka. A poll is first recorded in the event store; then what was refused, and how far the group
 * has come, are written in one Kafka transaction. After a failure in between the same records come again: the store knows
 * them, and what was refused has not been written yet. So each report counts once and each refusal is told once.
 */
public final class UsageReportIntake implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UsageReportIntake.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final UsageRecorder recorder;
  private final ReportProgress progress;
  private final Duration retryAfter;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;

  /**
   * @param consumers of a group, committed records, from the earliest where the group has no position
   * @param producers with one transactional id for this intake
   */
  public UsageReportIntake(Supplier<Consumer<byte[], byte[]>> consumers, Supplier<Producer<byte[], byte[]>> producers,
      UsageRecorder recorder, ReportProgress progress, Duration retryAfter) {
    this.consumers = consumers;
    this.producers = producers;
    this.recorder = recorder;
    this.progress = progress;
    this.retryAfter = retryAfter;
  }

  /** @param topicsReady whether the topics are there; asked again until they are */
  public void start(BooleanSupplier topicsReady) {
    thread = Thread.ofPlatform().name("usage-reports").start(() -> run(topicsReady));
  }

  private void run(BooleanSupplier topicsReady) {
    while (!isClosing()) {
      try {
        if (topicsReady.getAsBoolean()) {
          consume();
        }
      } catch (WakeupException | InterruptException e) {
        log.debug("Woken to stop");
      } catch (RuntimeException e) {
        log.warn("Taking usage reports failed, starting again where the group stands: {}", e.toString(), e);
        progress.failing(String.valueOf(e.getMessage()));
      }
      pause();
    }
  }

  private void consume() {
    try (Consumer<byte[], byte[]> consumer = consumers.get(); Producer<byte[], byte[]> producer = producers.get()) {
      producer.initTransactions();
      consumer.subscribe(List.of(Topics.USAGE_REPORTS));
      while (!isClosing()) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        if (!polled.isEmpty()) {
          take(polled, consumer, producer);
        }
        progress.stepped();
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where a send has failed
  private void take(ConsumerRecords<byte[], byte[]> polled, Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer) {
    ReportBatch.Result result = new ReportBatch(polled).record(recorder);
    producer.beginTransaction();
    result.rejects().forEach(producer::send);
    producer.sendOffsetsToTransaction(polled.nextOffsets(), consumer.groupMetadata());
    producer.commitTransaction();
    progress.took(result.outcomes());
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause() {
    try {
      closing.await(retryAfter.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /** Ends after the poll in hand. */
  @Override
  public void close() {
    closing.countDown();
    if (thread == null) {
      return;
    }
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        log.warn("{} does not stop", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
