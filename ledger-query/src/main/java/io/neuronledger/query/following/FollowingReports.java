package io.neuronledger.query.following;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.operation.StatusView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds the newest report of each chain-indexer instance and derives {@code behind} and the guards of answers. Several
 * instances may report: a leader, and others that have halted; the one that follows counts. Thread-safe.
 */
public final class FollowingReports {
  private final BehindLimits limits;
  private final InstantSource clock;
  private final Map<String, FollowingReport> byInstance = new ConcurrentHashMap<>();

  public FollowingReports(BehindLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** @param instance the key of the record */
  public void add(String instance, FollowingReport report) {
    Instant expired = clock.instant().minus(FollowingReport.VALID_FOR);
    byInstance.put(instance, report);
    Optional<FollowingReport> newest = newest();
    // The newest report is kept even after it expires, as the last known state.
    byInstance.values().removeIf(other -> other.reportedAt().isBefore(expired) && !Optional.of(other).equals(newest));
  }

  /** The {@code as_of} of a newest state, at a sealed block. */
  public AsOf newest(long block, Hash hash, Instant time, boolean finalized) {
    return new AsOf(block, hash, time, finalized, guardOf(block), isBehind(block, time));
  }

  /** The {@code as_of} of a requested block; never behind, however far the chain is. */
  public AsOf asked(long block, Hash hash, Instant time, boolean finalized) {
    return new AsOf(block, hash, time, finalized, guardOf(block), false);
  }

  /** @param newest the {@code as_of} of newest answers; empty before the first seal, which counts as behind */
  public StatusView.Following view(Optional<AsOf> newest) {
    Optional<FollowingReport> current = current();
    boolean behind = newest.map(asOf -> isBehind(asOf.block(), asOf.blockTime())).orElse(true);
    if (current.isPresent()) {
      FollowingReport report = current.get();
      return new StatusView.Following(report.state(), report.why(), report.head(), report.headTime(),
          Optional.of(report.confirmations()), behind, Optional.of(report.since()));
    }
    Optional<FollowingReport> last = newest();
    return new StatusView.Following(FollowingState.UNKNOWN,
        Optional.of(last.map(report -> "chain-indexer has reported nothing since " + report.reportedAt()
            + ", when it was " + report.state().name().toLowerCase(Locale.ROOT))
            .orElse("chain-indexer has not reported anything")),
        last.flatMap(FollowingReport::head), last.flatMap(FollowingReport::headTime),
        last.map(FollowingReport::confirmations), behind, last.map(FollowingReport::reportedAt));
  }

  /** The guards of the published blocks, as last reported. */
  public List<GuardRange> guard() {
    return current().or(this::newest).map(FollowingReport::guard).orElse(List.of());
  }

  private Optional<BlockGuard> guardOf(long block) {
    // Most answers are as of the newest blocks, so search from the end.
    return guard().reversed().stream().filter(range -> range.from() <= block && block <= range.to())
        .map(GuardRange::guard)
        .findFirst();
  }

  private boolean isBehind(long block, Instant time) {
    Optional<FollowingReport> following = current().filter(report -> report.state() == FollowingState.FOLLOWING);
    return following.isEmpty() || following.filter(report -> lags(report, block, time)).isPresent();
  }

  private boolean lags(FollowingReport report, long block, Instant time) {
    // An idle chain has no newer block to publish, however old the last one is that has its confirmations.
    long due = report.head().map(head -> head - report.confirmations()).orElse(block);
    boolean isLate = report.headTime().filter(head -> head.isAfter(time.plus(limits.timeMax()))).isPresent();
    return due - block > limits.blocksMax() || (due > block && isLate);
  }

  /** The report that counts; empty if all have expired. */
  private Optional<FollowingReport> current() {
    Instant expired = clock.instant().minus(FollowingReport.VALID_FOR);
    return byInstance.values().stream().filter(report -> !report.reportedAt().isBefore(expired))
        .min(Comparator.comparing(FollowingReport::state)
            .thenComparing(FollowingReport::reportedAt, Comparator.reverseOrder()));
  }

  private Optional<FollowingReport> newest() {
    return byInstance.values().stream().max(Comparator.comparing(FollowingReport::reportedAt));
  }
}
