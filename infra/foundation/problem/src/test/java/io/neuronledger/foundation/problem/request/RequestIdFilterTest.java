package io.neuronledger.foundation.problem.request;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The caller's id, where it is one, or another; the same in the answer and in the log. */
class RequestIdFilterTest {
  private static final List<String> IN_THE_LOG = new ArrayList<>();

  private static String answered(MockHttpServletRequest request) throws ServletException, IOException {
    MockHttpServletResponse answer = new MockHttpServletResponse();
    new RequestIdFilter().doFilter(request, answer, (_, _) -> IN_THE_LOG.add(MDC.get("request_id")));
    assertThat(MDC.get("request_id")).as("of the next request of the thread").isNull();
    String id = Objects.requireNonNull(answer.getHeader("X-Request-Id"));
    assertThat(IN_THE_LOG.getLast()).isEqualTo(id).isEqualTo(HttpRequestId.of(request));
    return id;
  }

  private static MockHttpServletRequest request(String id) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/status");
    request.addHeader("X-Request-Id", id);
    return request;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0f8fad5b-d9cb-469f-a165-70867728950e", "Root=1-67891233-abcdef012345678912345678",
      "aGVsbG8+Lw==", "job:17/step_2.b"})
  void a_callers_id_is_taken(String id) throws ServletException, IOException {
    assertThat(answered(request(id))).isEqualTo(id);
  }

  @Test
  void an_id_has_at_most_100_characters() throws ServletException, IOException {
    assertThat(answered(request("r".repeat(100)))).isEqualTo("r".repeat(100));
    assertThat(answered(request("r".repeat(101)))).satisfies(id -> assertThat(UUID.fromString(id)).hasToString(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "\u00e9", "a\"b", "<b>", "%0a", "a;b"})
  void what_is_no_id_is_replaced(String id) throws ServletException, IOException {
    assertThat(answered(request(id))).satisfies(made -> assertThat(UUID.fromString(made)).hasToString(made));
  }

  @Test
  void who_sends_none_gets_one_that_is_not_used_again() throws ServletException, IOException {
    assertThat(answered(new MockHttpServletRequest())).isNotEqualTo(answered(new MockHttpServletRequest()));
  }
}
