package io.neuronledger.indexer.publish;

import java.util.List;

/** Makes records and the state that belongs to them visible together: in Kafka, or in a test's memory. */
public interface RecordPublisher {
  /**
   * Everything, or nothing, becomes visible.
   *
   * @throws PublisherFenced if nothing did, because another instance has taken over
   * @throws org.apache.kafka.common.KafkaException if it is not known whether it did
   */
  void publish(List<PartitionRecord> records, List<StateRecord> state);
}
