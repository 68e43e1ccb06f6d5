package io.neuronledger.query.settlement.period;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes the reports of closed periods again whose bytes are not kept, as after the loss of the database: the oldest
 * first, because each builds on the ones before. What has another hash then is a discrepancy; it is made again each
 * hour, until it has its hash or the period is reopened. Instances may do so at the same time: it is the same work
 * twice, and is kept once.
 */
public final class ReportKeeper implements AutoCloseable {
  /** By whom a report that nobody has asked for is frozen. */
  static final String SERVICE = "ledger-query";
  static final Duration AGAIN_AFTER = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(ReportKeeper.class);
  private static final long SECONDS_BETWEEN = 10;
  private static final Set<ProblemCode> NOT_YET =
      Set.of(ProblemCode.WRITE_NOT_REACHED, ProblemCode.BLOCK_NOT_REACHED, ProblemCode.NOTHING_SEALED);

  private final Reporting reporting;
  private final Clock clock;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("period-reports").factory());

  public ReportKeeper(Reporting reporting, MeterRegistry meters, Clock clock) {
    this.reporting = reporting;
    this.clock = clock;
    Gauge.builder("ledger.query.period.reports.differing", this::differing)
        .description("closed periods whose report has another hash when it is made again").register(meters);
  }

  /** Begins the rounds. */
  public void start() {
    var _ = rounds.scheduleWithFixedDelay(this::tried, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
  }

  /** What hinders a round is of this time: the next one tries again. */
  private void tried() {
    try {
      round();
    } catch (DataAccessException e) {
      log.warn("the reports of closed periods are not looked at", e);
    }
  }

  /** Makes what is due, until one cannot be made. */
  void round() {
    for (Map.Entry<AccountingPeriod, Reporting.Condition> each : reporting.conditions().entrySet()) {
      AccountingPeriod period = each.getKey();
      Reporting.Condition found = each.getValue();
      Instant due = clock.instant().minus(AGAIN_AFTER);
      boolean isDue = found.differedAt().map(at -> !at.isAfter(due)).orElse(!found.isKept());
      try {
        if (isDue) {
          reporting.freeze(period, SERVICE, BlockSelector.NEWEST);
          log.info("the report of {} is made again", period);
        } else if (!found.isKept()) {
          return;
        }
      } catch (Refusal refused) {
        // Where the records up to its positions are still being read, a later round makes it.
        log.atLevel(NOT_YET.contains(refused.code()) ? Level.DEBUG : Level.WARN)
            .log("the report of {} is not made again: {}", period, refused.detail());
        if (!found.isKept()) {
          return;
        }
      }
    }
  }

  private double differing() {
    try {
      return reporting.conditions().values().stream().filter(each -> each.differedAt().isPresent()).count();
    } catch (DataAccessException e) {
      return Double.NaN;
    }
  }

  /** Ends after what is being made. */
  @Override
  public void close() {
    rounds.shutdownNow();
    rounds.close();
  }
}
