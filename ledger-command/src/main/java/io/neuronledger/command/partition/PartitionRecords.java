package io.neuronledger.command.partition;

import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import java.util.List;

/**
 * The next records of a partition, in order.
 *
 * @param state as loaded, or as the unit of work before has left it
 */
public record PartitionRecords(PartitionState state, List<Delivered<ChainRecord>> records) {
  PartitionRecords part(int from, int to) {
    return new PartitionRecords(state, records.subList(from, to));
  }
}
