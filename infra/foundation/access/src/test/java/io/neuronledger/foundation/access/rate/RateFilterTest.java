package io.neuronledger.foundation.access.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.testkit.servers.ManualClock;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;

/** Each limit from both sides, by a clock that stands still. */
class RateFilterTest {
  private static final RateSettings DEFAULTS = new RateSettings(30, 5, 5, 60, Map.of());

  private final ManualClock clock = new ManualClock();

  private FilterRun instance(RateSettings settings) {
    return new FilterRun(settings, Optional.empty(), clock);
  }

  @Test
  void a_burst_passes_and_the_next_request_is_refused_until_the_rate_allows_it() {
    FilterRun instance = instance(DEFAULTS);
    assertThat(instance.passed("alice", 5)).isEqualTo(5);

    MockHttpServletResponse refused = instance.send("alice");
    assertThat(refused.getStatus()).isEqualTo(429);
    assertThat(FilterRun.code(refused)).isEqualTo("too-many-requests");
    assertThat(refused.getHeader("Retry-After")).isEqualTo("2");

    clock.pass(Duration.ofMillis(1_999));
    assertThat(instance.send("alice").getHeader("Retry-After")).isEqualTo("1");
    clock.pass(Duration.ofMillis(1));
    assertThat(instance.send("alice").getStatus()).isEqualTo(200);
    assertThat(instance.send("alice").getStatus()).isEqualTo(429);
  }

  @Test
  void over_a_minute_thirty_requests_pass_after_the_burst_and_a_pause_brings_no_more_than_a_burst() {
    FilterRun instance = instance(DEFAULTS);
    int passed = 0;
    for (int second = 0; second < 60; second++) {
      passed += instance.passed("alice", 3);
      clock.pass(Duration.ofSeconds(1));
    }
    assertThat(passed).isEqualTo(5 + 29);
    clock.pass(Duration.ofDays(1));
    assertThat(instance.passed("alice", 10)).isEqualTo(5);
  }

  @Test
  void the_headers_state_the_limits_and_what_is_left() {
    FilterRun instance = instance(DEFAULTS);
    MockHttpServletResponse first = instance.send("alice");
    assertThat(first.getHeader("RateLimit-Policy"))
        .isEqualTo("\"rate\";q=5;w=10, \"at-once\";q=5;qu=\"concurrent-requests\"");
    assertThat(first.getHeader("RateLimit")).isEqualTo("\"rate\";r=4;t=2");
    assertThat(first.getHeader("Retry-After")).isNull();
    instance.passed("alice", 4);
    assertThat(instance.send("alice").getHeader("RateLimit")).isEqualTo("\"rate\";r=0;t=10");
  }

  @Test
  void callers_do_not_share_a_bucket_and_a_kind_of_credential_is_part_of_the_caller() {
    FilterRun instance = instance(DEFAULTS);
    assertThat(instance.passed("local", 6)).isEqualTo(5);
    assertThat(instance.passed("bob", 6)).isEqualTo(5);
    assertThat(instance.send(Caller.LOCAL, (_, _) -> { }).getStatus()).isEqualTo(200);
  }

  @Test
  void a_single_caller_may_have_another_limit() {
    FilterRun instance = instance(new RateSettings(30, 5, 5, 60, Map.of("reporter", new RateLimit(600, 50, 1))));
    assertThat(instance.passed("reporter", 60)).isEqualTo(50);
    assertThat(instance.passed("alice", 60)).isEqualTo(5);
  }

  @Test
  void as_many_requests_as_allowed_are_in_progress_at_once() {
    FilterRun instance = instance(new RateSettings(30, 100, 2, 60, Map.of()));
    Caller alice = FilterRun.caller("alice");
    MockHttpServletResponse[] inner = new MockHttpServletResponse[3];
    FilterChain third = (_, _) -> inner[2] = instance.send("alice");
    FilterChain second = (_, _) -> inner[1] = instance.send(alice, third);
    instance.send(alice, second);

    assertThat(inner[1].getStatus()).isEqualTo(200);
    assertThat(inner[2].getStatus()).isEqualTo(429);
    assertThat(FilterRun.code(inner[2])).isEqualTo("too-many-requests-at-once");
    assertThat(inner[2].getHeader("Retry-After")).isEqualTo("1");
    assertThat(instance.send("alice").getStatus()).isEqualTo(200);
  }

  /** One gives its place up, and only one. */
  @Test
  void an_answer_that_lasts_gives_its_place_up_once() {
    FilterRun instance = instance(new RateSettings(30, 100, 1, 60, Map.of()));
    Caller alice = FilterRun.caller("alice");
    MockHttpServletResponse[] inner = new MockHttpServletResponse[2];
    instance.send(alice, (request, _) -> {
      RateFilter.leave((HttpServletRequest) request);
      RateFilter.leave((HttpServletRequest) request);
      inner[0] = instance.send(alice, (_, _) -> inner[1] = instance.send("alice"));
    });

    assertThat(inner[0].getStatus()).isEqualTo(200);
    assertThat(inner[1].getStatus()).isEqualTo(429);
    assertThat(instance.send("alice").getStatus()).isEqualTo(200);
  }

  @Test
  void a_request_that_fails_is_no_longer_in_progress() {
    FilterRun instance = instance(new RateSettings(30, 100, 1, 60, Map.of()));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> instance.send(FilterRun.caller("alice"), (_, _) -> {
        throw new IllegalArgumentException("fails");
      })).hasMessage("fails");
    }
    assertThat(instance.send("alice").getStatus()).isEqualTo(200);
  }

  @Test
  void callers_beyond_any_number_do_not_fill_the_memory_and_idle_ones_are_forgotten() {
    CallerRates rates = new CallerRates(DEFAULTS, Optional.empty(), clock);
    for (int i = 0; i < 25_000; i++) {
      var _ = rates.of(FilterRun.caller("caller-" + i));
    }
    assertThat(rates.size()).isBetween(1L, 20_000L);
    clock.pass(Duration.ofHours(1));
    assertThat(rates.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 0, true", "100000000, 100000000, 100000000, 100000000, true", "0, 1, 1, 0, false",
      "1, 0, 1, 0, false", "1, 1, 0, 0, false", "1, 1, 1, -1, false", "100000001, 1, 1, 0, false",
      "1, 100000001, 1, 0, false", "1, 1, 100000001, 0, false", "1, 1, 1, 100000001, false"})
  void settings_have_limits(int perMinute, int burst, int atOnce, int failures, boolean isValid) {
    if (isValid) {
      FilterRun instance = instance(new RateSettings(perMinute, burst, atOnce, failures, Map.of()));
      assertThat(instance.send("alice").getStatus()).isEqualTo(200);
    } else {
      assertThatThrownBy(() -> new RateSettings(perMinute, burst, atOnce, failures, Map.of()))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("NEURON_LEDGER_RATE_");
    }
  }

  /** A full bucket fills in more than a century: no number overflows. */
  @Test
  void the_slowest_rate_of_the_largest_burst_is_counted_exactly() {
    FilterRun instance = instance(new RateSettings(1, RateLimit.MAX, 5, 60, Map.of()));
    assertThat(instance.send("alice").getHeader("RateLimit")).isEqualTo("\"rate\";r=99999999;t=60");
    assertThat(instance.send("alice").getHeader("RateLimit-Policy")).startsWith("\"rate\";q=100000000;w=6000000000,");
  }
}
