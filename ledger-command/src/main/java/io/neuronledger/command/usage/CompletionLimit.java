package io.neuronledger.command.usage;

import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.foundation.problem.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/**
 * Refuses reports of requests that cannot be completed yet: later than our clock and the newest block that is recorded,
 * whichever is later. A dev chain's time may be ahead of ours.
 */
public final class CompletionLimit {
  private final Clock clock;
  private final Duration aheadMax;
  private final Supplier<Optional<Instant>> newestBlockTime;

  /**
   * @param aheadMax by how much a reporter's clock may be ahead
   * @param newestBlockTime looked up only for a report that is later than our clock
   */
  public CompletionLimit(Clock clock, Duration aheadMax, Supplier<Optional<Instant>> newestBlockTime) {
    this.clock = clock;
    this.aheadMax = aheadMax;
    this.newestBlockTime = newestBlockTime;
  }

  /** The refusals of several reports, in their order; the newest block is looked up once at most. */
  List<Optional<UsageOutcome.Refused>> refused(List<UsageReport> reports) {
    Supplier<Optional<Instant>> newest = SingletonSupplier.of(newestBlockTime);
    return reports.stream().map(report -> refused(report, newest)).toList();
  }

  Optional<UsageOutcome.Refused> refused(UsageReport report) {
    return refused(report, newestBlockTime);
  }

  private Optional<UsageOutcome.Refused> refused(UsageReport report, Supplier<Optional<Instant>> newest) {
    Instant earliest = report.when().minus(aheadMax);
    Instant now = clock.instant();
    if (!earliest.isAfter(now)) {
      return Optional.empty();
    }
    Optional<Instant> block = newest.get();
    if (block.isPresent() && !earliest.isAfter(block.get())) {
      return Optional.empty();
    }
    return Optional.of(UsageOutcome.Refused.of(ProblemCode.COMPLETED_IN_FUTURE, "the request was completed at "
        + report.when() + ", which is more than " + aheadMax.toSeconds() + " s after now, " + now
        + block.map(time -> ", and after the newest block, " + time).orElse("")));
  }
}
