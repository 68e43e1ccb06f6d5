package io.neuronledger.indexer.publish;

import io.neuronledger.indexer.publish.form.TransactionRecords;

/** Publishes the records of a transaction atomically: to Kafka, or in a test to memory. */
public interface RecordPublisher {
  /**
   * Publishes all or nothing.
   *
   * @throws PublisherFenced if nothing was published, because another instance has taken over
   * @throws org.apache.kafka.common.KafkaException if the outcome is unknown
   */
  void publish(TransactionRecords records);
}
