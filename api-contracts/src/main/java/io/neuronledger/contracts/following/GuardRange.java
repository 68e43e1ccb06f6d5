package io.neuronledger.contracts.following;

import java.util.Optional;

/**
 * Published blocks that are guarded alike.
 *
 * @param from the first of them
 * @param to the last of them
 * @param comparedAt the block at which all states were compared, where that is how they are guarded
 */
public record GuardRange(long from, long to, BlockGuard guard, Optional<Long> comparedAt) {
  public GuardRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no range of blocks: " + from + " to " + to);
    }
    if (comparedAt.isPresent() != (guard == BlockGuard.COMPARED)) {
      throw new IllegalArgumentException(guard + " with a comparison at " + comparedAt);
    }
  }

  public static GuardRange of(long from, long to, BlockGuard guard) {
    return new GuardRange(from, to, guard, Optional.empty());
  }

  public GuardRange upTo(long last) {
    return new GuardRange(from, last, guard, comparedAt);
  }
}
