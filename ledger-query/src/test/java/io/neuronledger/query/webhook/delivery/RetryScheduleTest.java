package io.neuronledger.query.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
  private static final List<Duration> WAITS =
      List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(2));
  private static final RetrySchedule EXACT = new RetrySchedule(WAITS, () -> 0.5);

  @Test
  void a_message_waits_after_each_failed_attempt_and_is_given_up_after_the_last() {
    for (int attempts = 1; attempts <= WAITS.size(); attempts++) {
      assertThat(EXACT.afterAttempts(attempts)).contains(WAITS.get(attempts - 1));
    }
    assertThat(EXACT.afterAttempts(WAITS.size() + 1)).isEmpty();
  }

  @Test
  void waits_vary_by_a_tenth() {
    assertThat(new RetrySchedule(WAITS, () -> 0).afterAttempts(2)).contains(Duration.ofSeconds(270));
    assertThat(new RetrySchedule(WAITS, () -> 1).afterAttempts(2)).contains(Duration.ofSeconds(330));
  }

  @Test
  void a_webhook_waits_from_the_second_failure_in_a_row_on_and_never_long() {
    assertThat(EXACT.afterFailures(1)).isZero();
    assertThat(EXACT.afterFailures(2)).isEqualTo(Duration.ofSeconds(5));
    assertThat(EXACT.afterFailures(3)).isEqualTo(Duration.ofMinutes(5));
    assertThat(EXACT.afterFailures(4)).isEqualTo(RetrySchedule.PAUSE_MAX);
    assertThat(EXACT.afterFailures(1_000_000)).isEqualTo(RetrySchedule.PAUSE_MAX);
  }
}
