package io.neuronledger.indexer.guard;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.following.GuardRange;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The guard ranges of all published blocks, without gaps, each by its first block. A draft over the stored ranges. Not
 * thread-safe.
 */
public final class GuardRanges {
  private final NavigableMap<Long, GuardRange> ranges;

  public GuardRanges(NavigableMap<Long, GuardRange> stored) {
    this.ranges = new TreeMap<>(stored);
  }

  /** The ranges by first block. */
  public NavigableMap<Long, GuardRange> all() {
    return Collections.unmodifiableNavigableMap(ranges);
  }

  /** The newest range; empty before the first publication. */
  public Optional<GuardRange> last() {
    return Optional.ofNullable(ranges.lastEntry()).map(Map.Entry::getValue);
  }

  /** The first block whose completeness is not proved; empty where there is none. */
  public Optional<Long> firstUnguarded() {
    // A comparison covers all blocks before it, so only the newest ranges can lack one.
    return ranges.values().stream().filter(range -> range.guard() == BlockGuard.NONE).map(GuardRange::from).findFirst();
  }

  /** Adds the next block. A block without transactions extends the range before it. */
  public void add(long block, boolean hasTransactions, BlockGuard guard) {
    Optional<GuardRange> before = last().filter(range -> range.to() == block - 1);
    put(before.filter(last -> !hasTransactions || last.guard() == guard).map(last -> last.upTo(block))
        .orElseGet(() -> GuardRange.of(block, block, hasTransactions ? guard : BlockGuard.PROVED)));
  }

  /**
   * Records that all states were compared after this block, the newest: all unguarded blocks are complete from here on.
   *
   * @param anchor a block that no fork can retract: comparisons up to it are permanent, and their ranges can be merged
   */
  public void compared(long block, long anchor) {
    rebuild(anchor, range -> range.guard() == BlockGuard.NONE
        ? new GuardRange(range.from(), range.to(), BlockGuard.COMPARED, Optional.of(block)) : range);
  }

  /** Retracts every block above this one, with the comparisons made there. */
  public void retract(long lastKept) {
    ranges.tailMap(lastKept, false).clear();
    rebuild(-1, range -> {
      GuardRange kept = range.upTo(Math.min(range.to(), lastKept));
      return kept.comparedAt().filter(block -> block > lastKept).isEmpty() ? kept
          : GuardRange.of(kept.from(), kept.to(), BlockGuard.NONE);
    });
  }

  private void rebuild(long anchor, UnaryOperator<GuardRange> change) {
    List<GuardRange> old = List.copyOf(ranges.values());
    ranges.clear();
    old.stream().map(change).forEach(range -> put(last().filter(before -> belongTogether(before, range, anchor))
        .map(before -> new GuardRange(before.from(), range.to(), range.guard(), range.comparedAt())).orElse(range)));
  }

  private static boolean belongTogether(GuardRange before, GuardRange range, long anchor) {
    boolean kept = range.comparedAt().filter(at -> at <= anchor).isPresent();
    return before.guard() == range.guard() && before.to() == range.from() - 1
        && (kept || before.comparedAt().equals(range.comparedAt()));
  }

  private void put(GuardRange range) {
    ranges.put(range.from(), range);
  }
}
