package io.neuronledger.query.intake;

import io.neuronledger.query.partition.Partition;
import io.neuronledger.query.partition.PartitionReducer;
import io.neuronledger.query.projection.Batch;
import java.util.List;

/**
 * What one transaction took in.
 *
 * @param partitions where the touched partitions now stand
 * @param events account events of owners
 * @param rows written to projections
 * @param retractions of blocks, counted per partition
 * @param poisonous records that were not understood
 */
public record CommittedBatch(List<Partition> partitions, int events, int rows, int retractions, int poisonous) {
  static CommittedBatch of(List<PartitionReducer> folds, Batch batch, int rows) {
    return new CommittedBatch(folds.stream().map(PartitionReducer::partition).toList(), batch.lines().size()
        + batch.reported().size(), rows,
        batch.retractions().size(), folds.stream().mapToInt(fold -> fold.poison().size()).sum());
  }
}
