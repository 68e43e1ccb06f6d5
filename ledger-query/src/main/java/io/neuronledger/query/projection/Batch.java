package io.neuronledger.query.projection;

import io.neuronledger.contracts.event.PartitionEvent;
import java.util.List;
import java.util.Set;

/**
 * What one transaction brings to the projections.
 *
 * @param partitions those that moved, in this transaction already
 * @param retractions for the rows that are already stored; at most one per partition. They come before the lines, which
 *     already know whether they were dropped
 * @param lines in the order of their partition; those of different partitions in any order
 * @param reported what stems from off chain, in the order of its partition
 * @param compared ends of comparisons with the contract, in the order of their partition
 */
public record Batch(Set<Integer> partitions, List<Retraction> retractions, List<LedgerEventRecord> lines,
    List<UsageEventRecord> reported,
    List<Compared> compared) {
  public Batch {
    partitions = Set.copyOf(partitions);
    retractions = List.copyOf(retractions);
    lines = List.copyOf(lines);
    reported = List.copyOf(reported);
    compared = List.copyOf(compared);
  }

  /**
   * All owners were compared with the contract.
   *
   * @param dropped whether a retraction behind it took its block away
   */
  public record Compared(int partition, long seq, PartitionEvent.ReconciliationEnded end, boolean dropped) {}

  /** Everything from {@code fromBlock} on is gone from a partition. */
  public record Retraction(int partition, long fromBlock) {}
}
