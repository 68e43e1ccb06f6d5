package io.neuronledger.wallet.read;

import io.neuronledger.wallet.outcome.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** How many lines of a list are wanted, and reading them page by page. */
final class Pages {
  private static final int PAGE_MAX = 500;
  private static final String ALL = "all";

  @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many lines, the newest ones, or "
      + "`all` (default: ${DEFAULT-VALUE})")
  private String limit = "50";

  /**
   * A page of a list.
   *
   * @param answer as the API writes it
   * @param next the cursor of the next page; empty on the last one
   */
  record Page<A, L>(A answer, List<L> lines, Optional<String> next) {}

  /**
   * Lines of a list.
   *
   * @param last the last page that was read
   * @param more whether the list goes on
   */
  record Lines<A, L>(A last, List<L> lines, boolean more) {}

  /** @param page by the size of a page and its cursor */
  <A, L> Lines<A, L> read(BiFunction<Integer, Optional<String>, Page<A, L>> page) {
    long wanted = wanted();
    List<L> lines = new ArrayList<>();
    Page<A, L> read = page.apply(size(wanted), Optional.empty());
    lines.addAll(read.lines());
    while (read.next().isPresent() && lines.size() < wanted) {
      read = page.apply(size(wanted - lines.size()), read.next());
      lines.addAll(read.lines());
    }
    return new Lines<>(read.answer(), List.copyOf(lines), read.next().isPresent());
  }

  private static int size(long left) {
    return (int) Math.min(left, PAGE_MAX);
  }

  private long wanted() {
    if (limit.equals(ALL)) {
      return Long.MAX_VALUE;
    }
    if (!limit.matches("[1-9]\\d{0,8}")) {
      throw CommandFailure.refused("--limit is a number from 1 on, or all, not '" + limit + "'.");
    }
    return Long.parseLong(limit);
  }
}
