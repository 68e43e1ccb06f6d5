package io.neuronledger.contracts.following;

import java.util.Optional;

/**
 * A range of published blocks with the same guard.
 *
 * @param from the first block
 * @param to the last block, included
 * @param comparedAt the block at which all states were compared; present exactly for {@link BlockGuard#COMPARED}
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
