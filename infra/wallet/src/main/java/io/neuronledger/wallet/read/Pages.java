package io.neuronledger.wallet.read;

import io.neuronledger.client.Lists;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many lines of a list are wanted, and reading them page by page. */
final class Pages {
  private static final int PAGE_MAX = 500;
  private static final String ALL = "all";

  @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many lines, the newest ones, or "
      + "`all` (default: ${DEFAULT-VALUE})")
  private String limit = "50";

  /**
   * Lines of a list.
   *
   * @param last the last page that was read
   * @param more whether the list goes on
   */
  record Lines<A, L>(A last, List<L> lines, boolean more) {}

  /**
   * @param page by the size of a page and its cursor; the first one has none
   * @param lines of a page
   * @param next the cursor of the page after, which the last one has not
   */
  <A, L> Lines<A, L> read(BiFunction<Integer, @Nullable String, A> page, Function<A, List<L>> lines,
      Function<A, @Nullable String> next) {
    long wanted = wanted();
    int size = (int) Math.min(wanted, PAGE_MAX);
    Iterator<A> pages = Lists.pages(cursor -> page.apply(size, cursor.orElse(null)), next).iterator();
    A last = pages.next();
    List<L> read = new ArrayList<>(lines.apply(last));
    while (read.size() < wanted && pages.hasNext()) {
      last = pages.next();
      read.addAll(lines.apply(last));
    }
    return new Lines<>(last, read.stream().limit(wanted).toList(), read.size() > wanted || next.apply(last) != null);
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
