package io.neuronledger.query.projection;

import java.util.List;

/**
 * What one transaction brings to the projections.
 *
 * @param retractions for the rows that are already stored; at most one per lane. They come before the lines, which
 *     already know whether they were dropped
 * @param lines in the order of their lane; those of different lanes in any order
 */
public record Batch(List<Retraction> retractions, List<Line> lines) {
  public Batch {
    retractions = List.copyOf(retractions);
    lines = List.copyOf(lines);
  }

  /** Everything from {@code fromBlock} on is gone from a lane. */
  public record Retraction(int lane, long fromBlock) {}
}
