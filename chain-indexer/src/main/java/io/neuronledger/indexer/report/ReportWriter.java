package io.neuronledger.indexer.report;

import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.indexer.follow.state.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Computes the reports. Not thread-safe. */
final class ReportWriter {
  private final Duration stallMax;
  private final long confirmations;
  private Optional<FollowingReport> sent = Optional.empty();

  /**
   * @param stallMax the longest time without a successful step before following counts as stalled
   * @param confirmations the number of blocks above a block before it is published
   */
  ReportWriter(Duration stallMax, long confirmations) {
    this.stallMax = stallMax;
    this.confirmations = confirmations;
  }

  /** The report to send now; empty where the last one still holds, or where another instance leads. */
  Optional<FollowingReport> due(Progress.View view, List<GuardRange> guard, Instant now) {
    Optional<FollowingReport> report = state(view, now).map(state -> new FollowingReport(state, why(state, view),
        since(state, now), now, block(view.head()), Optional.of(view.headTime()).filter(_ -> view.head() >= 0),
        confirmations, block(view.published()), bounded(guard)));
    Optional<FollowingReport> due = report.filter(next -> sent
        .filter(last -> next.isEqualBesidesTime(last)
            && now.isBefore(last.reportedAt().plus(FollowingReport.REPEATED_AFTER))).isEmpty());
    due.ifPresent(next -> sent = due);
    return due;
  }

  /** The last report of an instance that followed until its shutdown; empty for any other. */
  Optional<FollowingReport> last(Instant now) {
    return sent.filter(report -> report.state() != FollowingState.HALTED).map(report -> new FollowingReport(
        FollowingState.STOPPED, Optional.of("chain-indexer was shut down"), now, now, report.head(), report.headTime(),
        report.confirmations(), report.published(), report.guard()));
  }

  private Optional<FollowingState> state(Progress.View view, Instant now) {
    return switch (view.role()) {
      case STARTING, PASSIVE -> Optional.empty();
      case HALTED -> Optional.of(FollowingState.HALTED);
      case LEADING -> Optional.of(Duration.between(view.lastGood(), now).compareTo(stallMax) > 0
          ? FollowingState.STALLED : FollowingState.FOLLOWING);
    };
  }

  private static Optional<String> why(FollowingState state, Progress.View view) {
    return state == FollowingState.FOLLOWING ? Optional.empty() : view.failure().or(() -> Optional.of(view.stage()));
  }

  private Instant since(FollowingState state, Instant now) {
    return sent.filter(last -> last.state() == state).map(FollowingReport::since).orElse(now);
  }

  /** Bounds the ranges to the reported maximum: the oldest ones become one range with the weakest guard among them. */
  private static List<GuardRange> bounded(List<GuardRange> ranges) {
    int oldest = ranges.size() - FollowingReport.RANGES_MAX + 1;
    if (oldest <= 1) {
      return ranges;
    }
    List<GuardRange> merged = ranges.subList(0, oldest);
    GuardRange worst = merged.stream().max(Comparator.comparing(GuardRange::guard)
        .thenComparing(range -> range.comparedAt().orElse(0L))).orElseThrow();
    List<GuardRange> bounded = new ArrayList<>();
    bounded.add(new GuardRange(merged.getFirst().from(), merged.getLast().to(), worst.guard(), worst.comparedAt()));
    bounded.addAll(ranges.subList(oldest, ranges.size()));
    return bounded;
  }

  private static Optional<Long> block(long number) {
    return number < 0 ? Optional.empty() : Optional.of(number);
  }
}
