package io.neuronledger.indexer.publish.form;

import io.neuronledger.contracts.topic.BlocksRecord;
import java.util.List;

/**
 * The records of one Kafka transaction.
 *
 * @param partitions the chain events, in order
 * @param blocks the blocks that they belong to
 * @param state the state entries after them
 */
public record TransactionRecords(List<PartitionRecord> partitions, BlocksRecord blocks, List<StateRecord> state) {
  public TransactionRecords {
    partitions = List.copyOf(partitions);
    state = List.copyOf(state);
  }
}
