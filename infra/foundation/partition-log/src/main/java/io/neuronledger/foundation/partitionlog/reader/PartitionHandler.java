package io.neuronledger.foundation.partitionlog.reader;

import java.util.List;

/**
 * What a service does with the records of its partitions. Its store holds the positions, and moves each in the
 * transaction that handles the records: so each record counts once.
 */
public interface PartitionHandler<R> {
  /** The stored position. Called before the first record, after a failure and after a {@link PositionConflict}. */
  PartitionPosition load(int partition);

  /**
   * Handles the next records. If it throws, the positions are loaded again: what was stored by then is not delivered
   * again.
   *
   * @param batches of the partitions of one poll, in order of number; of one only, after handling it with others failed
   * @return the new positions of these partitions
   * @throws PositionConflict if a stored position is not the loaded one
   * @throws PartitionHalted if a record must be neither handled nor passed over
   */
  List<PartitionPosition> handle(List<PartitionBatch<R>> batches);

  /**
   * Checks the partition's first record, where the reader counts again from there.
   *
   * @throws PartitionHalted if the store has read another topic than the one that begins so
   */
  default void checkFirst(Delivered<R> first, int partition) {}

  /** The partition is no longer assigned to this instance. */
  default void revoked(int partition) {}
}
