package io.neuronledger.command.report;

import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.contracts.event.Topics;
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
 * Takes usage reports off Kafka, by Spring's listener container. A poll is first recorded in the event store; then what
 * was refused, and how far the group has come, are committed in one Kafka transaction. After a failure in between the
 * same records come again: the store knows them, and what was refused has not been written yet. So each report counts
 * once and each refusal is told once. Nothing is ever passed over: what cannot be recorded is tried again until it can.
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
   * @param consumer configuration of a reader of committed records in a group, from the earliest where the group has no
   *     position
   * @param producer configuration of a writer in transactions
   * @param transactionalIdPrefix this instance's alone
   * @param topicsReady whether the topics are there; asked again until they are
   */
  public UsageReportIntake(Map<String, Object> consumer, Map<String, Object> producer, String transactionalIdPrefix,
      UsageRecorder recorder, ReportProgress progress, Duration retryAfter, BooleanSupplier topicsReady) {
    this.retryAfter = retryAfter;
    this.producers = new DefaultKafkaProducerFactory<>(producer);
    producers.setTransactionIdPrefix(transactionalIdPrefix);
    KafkaTemplate<byte[], byte[]> rejects = new KafkaTemplate<>(producers);
    rejects.setProducerListener(null); // it would say of each refusal that its transaction has failed
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
    container.setAfterRollbackProcessor(new Again(progress, retryAfter));
    this.starter = Thread.ofPlatform().name("usage-reports-start").unstarted(() -> start(topicsReady));
  }

  /** The whole poll again, as often as it takes. The container has logged why. */
  private static final class Again extends DefaultAfterRollbackProcessor<byte[], byte[]> {
    private final ReportProgress progress;

    Again(ReportProgress progress, Duration retryAfter) {
      super(new FixedBackOff(retryAfter.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
      this.progress = progress;
    }

    @Override
    public void processBatch(ConsumerRecords<byte[], byte[]> records, List<ConsumerRecord<byte[], byte[]>> recordList,
        Consumer<byte[], byte[]> consumer, @Nullable MessageListenerContainer container, Exception why,
        boolean recoverable, ContainerProperties.EOSMode mode) {
      progress.failing(String.valueOf(why.getCause() == null ? why.getMessage() : why.getCause().getMessage()));
      super.processBatch(records, recordList, consumer, container, why, recoverable, mode);
    }
  }

  /** As soon as the topics are there. */
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

  /** Ends after the poll in hand. */
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
