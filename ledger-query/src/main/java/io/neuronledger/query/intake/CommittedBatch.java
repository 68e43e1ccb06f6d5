package io.neuronledger.query.intake;

import io.neuronledger.query.partition.PartitionReducer;
import io.neuronledger.query.partition.change.Partition;
import io.neuronledger.query.projection.Batch;
import java.util.List;

/**
 * The counts of a committed transaction.
 *
 * @param partitions the changed partitions, as stored
 * @param events the number of account events of owners
 * @param rows the number of rows written to projections
 * @param retractions the number of retractions, counted per partition
 * @param poisonous the number of records that could not be processed
 */
public record CommittedBatch(List<Partition> partitions, int events, int rows, int retractions, int poisonous) {
  static CommittedBatch of(List<PartitionReducer> reducers, Batch batch, int rows) {
    return new CommittedBatch(reducers.stream().map(PartitionReducer::partition).toList(), batch.lines().size()
        + batch.usageEvents().size(), rows,
        batch.retractions().size(), reducers.stream().mapToInt(reducer -> reducer.poison().size()).sum());
  }
}
