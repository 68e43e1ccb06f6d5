package io.neuronledger.command.usage;

import static io.neuronledger.command.fixture.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.Reports;
import io.neuronledger.foundation.problem.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompletionLimitTest {
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration STEP = Duration.ofNanos(1_000);

  /** The report is completed at {@link Reports#WHEN}. */
  private static Optional<ProblemCode> refused(Instant now, Optional<Instant> block, Duration ahead) {
    return new CompletionLimit(Clock.fixed(now, ZoneOffset.UTC), ahead, () -> block).refused(report("r", 1))
        .map(UsageOutcome.Refused::code);
  }

  @Test
  void a_request_is_completed_at_most_so_long_after_now() {
    assertThat(refused(Reports.WHEN, Optional.empty(), Duration.ZERO)).isEmpty();
    assertThat(refused(Reports.WHEN.minus(STEP), Optional.empty(), Duration.ZERO))
        .contains(ProblemCode.COMPLETED_IN_FUTURE);
    assertThat(refused(Reports.WHEN.minus(AHEAD), Optional.empty(), AHEAD)).isEmpty();
    assertThat(refused(Reports.WHEN.minus(AHEAD).minus(STEP), Optional.empty(), AHEAD))
        .contains(ProblemCode.COMPLETED_IN_FUTURE);
  }

  @Test
  void a_block_may_be_later_than_the_clock() {
    Instant now = Instant.EPOCH;
    assertThat(refused(now, Optional.of(Reports.WHEN), Duration.ZERO)).isEmpty();
    assertThat(refused(now, Optional.of(Reports.WHEN.minus(AHEAD)), AHEAD)).isEmpty();
    assertThat(refused(now, Optional.of(Reports.WHEN.minus(AHEAD).minus(STEP)), AHEAD))
        .contains(ProblemCode.COMPLETED_IN_FUTURE);
  }

  @Test
  void blocks_are_looked_up_for_a_late_request_alone() {
    AtomicInteger lookups = new AtomicInteger();
    CompletionLimit limit = new CompletionLimit(Clock.fixed(Reports.WHEN, ZoneOffset.UTC), AHEAD, () -> {
      lookups.incrementAndGet();
      return Optional.empty();
    });
    assertThat(limit.refused(report("r", 1))).isEmpty();
    assertThat(lookups).hasValue(0);
  }

  @Test
  void a_batch_of_late_requests_looks_blocks_up_once() {
    AtomicInteger lookups = new AtomicInteger();
    CompletionLimit limit = new CompletionLimit(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), AHEAD, () -> {
      lookups.incrementAndGet();
      return Optional.of(Instant.EPOCH);
    });
    assertThat(limit.refused(List.of(report("a", 1), report("b", 1), report("c", 1))))
        .hasSize(3).allMatch(Optional::isPresent);
    assertThat(lookups).hasValue(1);
  }
}
