package io.neuronledger.command.report;

import io.neuronledger.command.usage.UsageOutcome;
import io.neuronledger.command.usage.UsageRecorder;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Processes the records of one poll inside the Kafka transaction that the container has begun: records the reports in
 * the event store and sends the refusals. The container then commits the refusals together with the group's offsets.
 */
final class UsageReportListener implements BatchMessageListener<byte[], byte[]>, BatchInterceptor<byte[], byte[]>,
    ConsumerAwareRebalanceListener {
  private final UsageRecorder recorder;
  private final KafkaOperations<byte[], byte[]> rejects;
  private final ReportProgress progress;

  /** @param rejects sends within the container's transaction */
  UsageReportListener(UsageRecorder recorder, KafkaOperations<byte[], byte[]> rejects, ReportProgress progress) {
    this.recorder = recorder;
    this.rejects = rejects;
    this.progress = progress;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send failed
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> polled) {
    ReportBatch.Result result = new ReportBatch(polled).record(recorder);
    result.rejects().forEach(rejects::send);
    TransactionSynchronizationManager.registerSynchronization(committed(result.outcomes()));
  }

  private TransactionSynchronization committed(List<UsageOutcome> outcomes) {
    return new TransactionSynchronization() {
      @Override
      public void afterCommit() {
        progress.count(outcomes);
        progress.recordSuccess();
      }
    };
  }

  @Override
  public ConsumerRecords<byte[], byte[]> intercept(ConsumerRecords<byte[], byte[]> polled,
      Consumer<byte[], byte[]> consumer) {
    return polled;
  }

  /** Before each poll. */
  @Override
  public void setupThreadState(Consumer<?, ?> consumer) {
    progress.recordPoll();
  }

  /** The failed partition may have moved to another instance; if this one still has it, the poll fails again. */
  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    progress.recordSuccess();
  }
}
