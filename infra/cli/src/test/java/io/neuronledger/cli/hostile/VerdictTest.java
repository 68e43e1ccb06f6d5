package io.neuronledger.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.testkit.servers.RawHttp.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  private static final String CREDENTIAL = "nlk_0011223344556677_secret";
  private static final String RIGHT = "Authorization: Bearer " + CREDENTIAL;
  private static final String NONE = "X-No-Credential: 1";
  private static final String FAILURE = "a failure of the service";
  private static final String ANSWERED = "no refusal of nobody";
  private static final Target TARGET = new Target("ledger-command", 1,
      List.of(operation("GET", "/v1/closed", false), operation("POST", "/v1/sign-in", true)),
      Set.of("too-busy", "credential-missing", "malformed-request", "internal-error"));

  private static Target.Operation operation(String method, String path, boolean open) {
    return new Target.Operation(method, path, "", "", List.of(), false, false, open);
  }

  private static Optional<String> verdict(String line, String header, int status, String code) {
    Answer answer = new Answer(status, Map.of("Content-Type", "application/problem+json"),
        code.isEmpty() ? "" : "{\"code\":\"" + code + "\"}");
    return new Verdict(Set.of(CREDENTIAL)).of(
        HostileRequest.of(TARGET, line + " HTTP/1.1\r\n" + header + "\r\n\r\n"), Optional.of(answer));
  }

  @ParameterizedTest
  @CsvSource({"501, malformed-request", "505, malformed-request", "503, too-busy"})
  void a_right_failure_is_none_of_the_service(int status, String code) {
    assertThat(verdict("GET /v1/closed", RIGHT, status, code)).isEmpty();
    assertThat(verdict("HEAD /v1/closed", RIGHT, status, "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504, 599})
  void every_other_failure_is_a_fault_also_without_a_body(int status) {
    assertThat(verdict("GET /v1/closed", RIGHT, status, "internal-error")).contains(FAILURE);
    assertThat(verdict("HEAD /v1/closed", RIGHT, status, "")).contains(FAILURE);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 302, 399, 500, 503})
  void who_has_no_credential_is_refused(int status) {
    for (String nobody : List.of(NONE, "Authorization: Bearer x", "Authorization: Bearer nlk_0011223344556677_")) {
      for (String line : List.of("GET /v1/closed?a=1", "HEAD /v1/closed", "GET /v1/sign-in/x", "OPTIONS /v1/closed")) {
        assertThat(verdict(line, nobody, status, "too-busy")).as(line).contains(ANSWERED);
      }
    }
  }

  @Test
  void a_refusal_and_what_is_open_are_no_faults() {
    assertThat(verdict("GET /v1/closed", NONE, 401, "credential-missing")).isEmpty();
    assertThat(verdict("GET /v1/closed", NONE, 501, "malformed-request")).isEmpty();
    assertThat(verdict("GET /v1/closed", RIGHT, 200, "")).isEmpty();
    for (String open : List.of("POST /v1/sign-in", "POST /v1/sign-in?a=1")) {
      assertThat(verdict(open, NONE, 200, "")).as(open).isEmpty();
    }
  }

  private static Optional<String> unanswered(HostileRequest request) {
    return new Verdict(Set.of(CREDENTIAL)).of(request, Optional.empty());
  }

  private static HostileRequest ofHead(int bytes, String body) {
    String line = "GET /v1/closed HTTP/1.1\r\nX-Big: ";
    return HostileRequest.of(TARGET,
        line + "a".repeat(bytes - line.length() - HostileRequest.HEAD_END.length()) + HostileRequest.HEAD_END + body);
  }

  @Test
  void no_answer_is_a_fault_unless_the_head_is_longer_than_what_is_read() {
    assertThat(unanswered(ofHead(HostileRequest.HEAD_MAX, ""))).contains("no answer");
    assertThat(unanswered(ofHead(100, "a".repeat(HostileRequest.HEAD_MAX)))).contains("no answer");
    assertThat(unanswered(ofHead(HostileRequest.HEAD_MAX + 1, ""))).isEmpty();
    assertThat(unanswered(HostileRequest.of(TARGET, "GET /" + "a".repeat(HostileRequest.HEAD_MAX)))).isEmpty();
  }

  @Test
  void an_answer_to_a_head_that_is_too_long_is_judged_as_any_other() {
    assertThat(new Verdict(Set.of(CREDENTIAL)).of(ofHead(HostileRequest.HEAD_MAX + 1, ""),
        Optional.of(new Answer(500, Map.of(), "")))).isPresent();
  }
}
