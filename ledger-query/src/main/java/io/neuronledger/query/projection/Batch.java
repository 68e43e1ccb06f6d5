package io.neuronledger.query.projection;

import io.neuronledger.contracts.event.LaneEvent;
import java.util.List;
import java.util.Set;

/**
 * What one transaction brings to the projections.
 *
 * @param lanes those that moved, in this transaction already
 * @param retractions for the rows that are already stored; at most one per lane. They come before the lines, which
 *     already know whether they were dropped
 * @param lines in the order of their lane; those of different lanes in any order
 * @param reported what stems from off chain, in the order of its lane
 * @param compared ends of comparisons with the contract, in the order of their lane
 */
public record Batch(Set<Integer> lanes, List<Retraction> retractions, List<Line> lines, List<Reported> reported,
    List<Compared> compared) {
  public Batch {
    lanes = Set.copyOf(lanes);
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
  public record Compared(int lane, long seq, LaneEvent.ReconciliationEnded end, boolean dropped) {}

  /** Everything from {@code fromBlock} on is gone from a lane. */
  public record Retraction(int lane, long fromBlock) {}
}
