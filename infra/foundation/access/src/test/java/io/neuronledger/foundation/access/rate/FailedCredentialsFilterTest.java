package io.neuronledger.foundation.access.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.testkit.servers.ManualClock;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Whose failures are counted together, and when. */
class FailedCredentialsFilterTest {
  private static final FilterChain FAILS = (_, response) -> ((HttpServletResponse) response).setStatus(401);

  private final ManualClock clock = new ManualClock();
  private final FailedCredentialsFilter filter = new FailedCredentialsFilter(1, FilterRun.problems(), clock);

  private int send(String address, FilterChain chain) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/status");
    request.addHeader("Authorization", "Bearer guess");
    request.setRemoteAddr(address);
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      filter.doFilter(request, response, chain);
    } catch (ServletException | IOException e) {
      throw new IllegalStateException(e);
    }
    return response.getStatus();
  }

  /** Whoever has an answer and asks again is refused, even if the first request has not ended yet. */
  @Test
  void a_failure_is_counted_before_it_is_answered() {
    int[] next = new int[1];
    assertThat(send("192.0.2.1", (request, response) -> {
      FAILS.doFilter(request, response);
      next[0] = send("192.0.2.1", FAILS);
    })).isEqualTo(401);
    assertThat(next[0]).isEqualTo(429);
  }

  @Test
  void an_error_with_that_status_counts_as_well() {
    assertThat(send("192.0.2.1", (_, response) -> ((HttpServletResponse) response).sendError(401))).isEqualTo(401);
    assertThat(send("192.0.2.1", FAILS)).isEqualTo(429);
    assertThat(send("192.0.2.2", (request, response) -> ((HttpServletResponse) response).sendError(401, "no")))
        .isEqualTo(401);
    assertThat(send("192.0.2.2", FAILS)).isEqualTo(429);
  }

  @Test
  void good_credentials_cost_nothing_and_time_gives_back() {
    for (int i = 0; i < 5; i++) {
      assertThat(send("192.0.2.1", (_, _) -> { })).isEqualTo(200);
    }
    assertThat(send("192.0.2.1", FAILS)).isEqualTo(401);
    clock.pass(Duration.ofSeconds(59));
    assertThat(send("192.0.2.1", (_, _) -> { })).isEqualTo(429);
    clock.pass(Duration.ofSeconds(1));
    assertThat(send("192.0.2.1", (_, _) -> { })).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
      "192.0.2.1, 192.0.2.2, false",
      "192.0.2.1, 192.0.2.1, true",
      "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff, true",
      "2001:db8:0:1::1, 2001:0db8:0000:0001::1, true",
      "2001:db8:0:1::1, 2001:db8:0:2::1, false",
      "2001:db8:0:1::1, 2001:db8:1:1::1, false",
      "fe80::1%1, fe80::2%2, true",
      "::ffff:192.0.2.1, 192.0.2.1, true",
      "::ffff:192.0.2.1, ::ffff:192.0.2.2, false",
      "0:0:0:0:0:0:0:1, 127.0.0.1, false"})
  void an_ipv6_network_of_64_bits_is_one_address(String one, String other, boolean isOne) {
    assertThat(send(one, FAILS)).isEqualTo(401);
    assertThat(send(other, FAILS)).isEqualTo(isOne ? 429 : 401);
  }
}
