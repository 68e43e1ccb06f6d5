package io.neuronledger.command.report;

import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.contracts.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Records usage reports from Kafka, by Spring's listener container. The reports of a poll are first recorded in the
 * event store; then the refusals and the group's offsets are committed in one Kafka transaction. After a failure in
 * between the same records are delivered again: the store recognises them, and no refusal has been committed yet. So
 * each report counts once and each refusal is published once. No record is skipped: a failed poll is retried until it
 * succeeds.
 */
public final class UsageReportIntake implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
  private final ConcurrentMessageListenerContainer<byte[], byte[]> container;
  private final Duration retryAfter;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread starter;

  /**
   * @param consumer configuration of a consumer of committed records in a group, from the earliest offset if the group
   *     has none
   * @param producer configuration of a transactional producer
   * @param transactionalIdPrefix unique to this instance
   * @param topicsReady whether the topics exist; called again until they do
   */
  public UsageReportIntake(Map<String, Object> consumer, Map<String, Object> producer, String transactionalIdPrefix,
      UsageRecorder recorder, ReportProgress progress, Duration retryAfter, BooleanSupplier topicsReady) {
    this.retryAfter = retryAfter;
    this.producers = new DefaultKafkaProducerFactory<>(producer);
    producers.setTransactionIdPrefix(transactionalIdPrefix);
    KafkaTemplate<byte[], byte[]> rejects = new KafkaTemplate<>(producers);
    rejects.setProducerListener(null); // it would log a failed transaction for each refusal
    KafkaTransactionManager<byte[], byte[]> transactions = new KafkaTransactionManager<>(producers);
    transactions.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_ALWAYS);
    UsageReportListener listener = new UsageReportListener(recorder, rejects, progress);
    ContainerProperties properties = new ContainerProperties(Topics.USAGE_REPORTS);
    properties.setMessageListener(listener);
    properties.setConsumerRebalanceListener(listener);
    properties.setKafkaAwareTransactionManager(transactions);
    properties.setPollTimeout(POLL.toMillis());
    properties.setShutdownTimeout(STOP_TIMEOUT.toMillis());
    this.container =
        new ConcurrentMessageListenerContainer<>(new DefaultKafkaConsumerFactory<>(consumer), properties);
    container.setBeanName("usage-reports");
    container.setBatchInterceptor(listener);
    container.setAfterRollbackProcessor(new RetryProcessor(progress, retryAfter));
    this.starter = Thread.ofPlatform().name("usage-reports-start").unstarted(() -> start(topicsReady));
  }

  /** Retries the whole poll without limit. The container has logged the reason. */
  private static final class RetryProcessor extends DefaultAfterRollbackProcessor<byte[], byte[]> {
    private final ReportProgress progress;

    RetryProcessor(ReportProgress progress, Duration retryAfter) {
      super(new FixedBackOff(retryAfter.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
      this.progress = progress;
    }

    @Override
    public void processBatch(ConsumerRecords<byte[], byte[]> records, List<ConsumerRecord<byte[], byte[]>> recordList,
        Consumer<byte[], byte[]> consumer, @Nullable MessageListenerContainer container, Exception why,
        boolean recoverable, ContainerProperties.EOSMode mode) {
      progress.recordFailure(String.valueOf(why.getCause() == null ? why.getMessage() : why.getCause().getMessage()));
      super.processBatch(records, recordList, consumer, container, why, recoverable, mode);
    }
  }

  /** Starts as soon as the topics exist. */
  public void start() {
    starter.start();
  }

  private void start(BooleanSupplier topicsReady) {
    try {
      while (!topicsReady.getAsBoolean()) {
        if (closing.await(retryAfter.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      container.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops after the current poll. */
  @Override
  public void close() {
    closing.countDown();
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    container.stop();
    producers.destroy();
  }
}
