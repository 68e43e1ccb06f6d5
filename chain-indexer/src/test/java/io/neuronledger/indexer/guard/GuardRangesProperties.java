package io.neuronledger.indexer.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.following.GuardRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The ranges equal a list with one entry for each block. */
class GuardRangesProperties {
  private static final int FIRST = 10;

  /** One block: its guard when it was published, and the newest comparison since. */
  private record Entry(boolean hasTransactions, BlockGuard guard, Optional<Integer> comparedAt) {
    BlockGuard now() {
      return guard == BlockGuard.NONE && comparedAt.isPresent() ? BlockGuard.COMPARED : guard;
    }
  }

  @Property
  void ranges_match_the_single_blocks(@ForAll @Size(max = 60) List<@IntRange(max = 99) Integer> seeds) {
    GuardRanges ranges = new GuardRanges(Collections.emptyNavigableMap());
    List<Entry> blocks = new ArrayList<>();
    for (int seed : seeds) {
      if (seed < 70) {
        boolean busy = seed % 3 != 0;
        BlockGuard guard = seed % 2 == 0 ? BlockGuard.PROVED : BlockGuard.NONE;
        ranges.add(FIRST + blocks.size(), busy, guard);
        blocks.add(new Entry(busy, busy ? guard : before(blocks), Optional.empty()));
      } else if (seed < 85 && !blocks.isEmpty()) {
        int at = FIRST + blocks.size() - 1;
        ranges.compared(at, at - 5);
        blocks.replaceAll(entry -> entry.now() == BlockGuard.NONE
            ? new Entry(entry.hasTransactions(), entry.guard(), Optional.of(at)) : entry);
      } else if (!blocks.isEmpty()) {
        int kept = seed % blocks.size();
        ranges.retract(FIRST + kept - 1);
        blocks.subList(kept, blocks.size()).clear();
        blocks.replaceAll(entry -> entry.comparedAt().filter(at -> at >= FIRST + kept).isPresent()
            ? new Entry(entry.hasTransactions(), entry.guard(), Optional.empty()) : entry);
      }
      assertSame(ranges, blocks);
    }
  }

  /** A block without transactions is guarded as the one before it was when it came. */
  private static BlockGuard before(List<Entry> blocks) {
    return blocks.isEmpty() || blocks.getLast().now() == BlockGuard.COMPARED ? BlockGuard.PROVED
        : blocks.getLast().guard();
  }

  private static void assertSame(GuardRanges ranges, List<Entry> blocks) {
    List<BlockGuard> listed = new ArrayList<>();
    long next = FIRST;
    for (GuardRange range : ranges.all().values()) {
      assertThat(range.from()).as("no gap").isEqualTo(next);
      next = range.to() + 1;
      for (long block = range.from(); block <= range.to(); block++) {
        listed.add(range.guard());
      }
    }
    assertThat(listed).hasSize(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).hasTransactions()) {
        // A comparison merged with a later one is dropped with the later one: the guard is weaker then, never stronger.
        BlockGuard claimed = listed.get(i);
        assertThat(claimed).isIn(blocks.get(i).now(), BlockGuard.NONE);
      }
    }
    ranges.firstUnguarded().ifPresent(first -> assertThat(listed.subList(0, (int) (first - FIRST)))
        .doesNotContain(BlockGuard.NONE));
  }
}
