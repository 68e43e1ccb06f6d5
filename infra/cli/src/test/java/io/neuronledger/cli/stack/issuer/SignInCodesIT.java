package io.neuronledger.cli.stack.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.neuronledger.foundation.access.caller.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A code becomes a token once, for the page that it was made for and nobody else. */
class SignInCodesIT {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final IssuerClient FINANCE =
      new IssuerClient("finance", "a-secret", EnumSet.of(Scope.FINANCE_READ, Scope.LEDGER_READ));
  private static final StackDashboard DASHBOARD =
      new StackDashboard("http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static StackIssuer issuer;

  @BeforeAll
  static void start() {
    issuer = StackIssuer.start(0, List.of(FINANCE), Optional.of(DASHBOARD));
  }

  @AfterAll
  static void stop() {
    issuer.close();
    HTTP.close();
  }

  private static HttpResponse<String> exchange(String code, Map<String, String> changed, String... headers)
      throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>(Map.of("grant_type", "authorization_code",
        "client_id", "dashboard", "code", code, "code_verifier", code, "redirect_uri", "http://127.0.0.1:1/"));
    form.putAll(changed);
    List<String> pairs = new ArrayList<>();
    form.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(issuer.url() + "/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JWTClaimsSet claims(HttpResponse<String> answer) throws ParseException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("refresh_token");
    return SignedJWT.parse(JsonMapper.shared().readTree(answer.body()).path("access_token").asString())
        .getJWTClaimsSet();
  }

  @Test
  void a_code_is_good_once_for_the_persons_token_of_a_working_day() throws Exception {
    String code = issuer.signInCode(FINANCE.id(), SOON);
    assertThat(code).matches("[A-Za-z0-9_-]{43}");
    JWTClaimsSet token = claims(exchange(code, Map.of()));
    assertThat(token.getSubject()).isEqualTo("finance");
    assertThat(token.getIssuer()).isEqualTo(issuer.url());
    assertThat(token.getAudience()).containsExactly("neuron-ledger");
    assertThat(token.getStringListClaim("roles")).containsExactly("finance:read", "ledger:read");
    assertThat(Duration.between(token.getIssueTime().toInstant(), token.getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofHours(8));
    HttpResponse<String> again = exchange(code, Map.of());
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("invalid_grant");
  }

  @Test
  void a_code_is_for_the_page_and_the_verifier_that_it_was_made_for() throws Exception {
    for (Map<String, String> other : List.of(Map.of("redirect_uri", "http://127.0.0.1:1/x"),
        Map.of("redirect_uri", "https://evil.example/"), Map.of("client_id", "finance"),
        Map.of("code_verifier", "x".repeat(43)), Map.of("code", "x".repeat(43)))) {
      HttpResponse<String> answer = exchange(issuer.signInCode(FINANCE.id(), SOON), other);
      assertThat(answer.statusCode()).as("%s: %s", other, answer.body()).isBetween(400, 401);
      assertThat(answer.body()).as(other.toString()).doesNotContain("access_token");
    }
  }

  @Test
  void an_expired_code_is_good_for_nothing() throws Exception {
    HttpResponse<String> answer = exchange(issuer.signInCode(FINANCE.id(), Duration.ofNanos(1)), Map.of());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_grant");
  }

  @Test
  void the_page_of_the_dashboard_may_read_the_answer_and_no_other_page() throws Exception {
    HttpResponse<String> own =
        exchange(issuer.signInCode(FINANCE.id(), SOON), Map.of(), "Origin", "http://127.0.0.1:1");
    assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains("http://127.0.0.1:1");
    assertThat(own.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(own.headers().firstValue("Set-Cookie")).isEmpty();
    claims(own);
    HttpResponse<String> other =
        exchange(issuer.signInCode(FINANCE.id(), SOON), Map.of(), "Origin", "https://evil.example");
    assertThat(other.statusCode()).isEqualTo(403);
  }

  @Test
  void whoever_has_the_secret_of_a_client_gets_a_code_for_it() throws Exception {
    JWTClaimsSet token = claims(exchange(FINANCE.signInCode(issuer.url()), Map.of()));
    assertThat(token.getSubject()).isEqualTo("finance");
    for (IssuerClient wrong : List.of(new IssuerClient("finance", "another-secret", FINANCE.scopes()),
        new IssuerClient("nobody", "a-secret", FINANCE.scopes()))) {
      assertThatThrownBy(() -> wrong.signInCode(issuer.url())).hasMessageContaining("/sign-in-codes answers 401");
    }
    HttpRequest byToken = HttpRequest.newBuilder(URI.create(issuer.url() + "/sign-in-codes"))
        .header("Authorization", "Bearer " + issuer.tokens(FINANCE).token().orElseThrow())
        .POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(HTTP.send(byToken, HttpResponse.BodyHandlers.ofString()).statusCode())
        .as("a token of ten minutes does not become one of eight hours").isEqualTo(401);
  }

  @Test
  void an_issuer_without_a_dashboard_gives_no_codes() {
    try (StackIssuer alone = StackIssuer.start(0, List.of(FINANCE))) {
      assertThatThrownBy(() -> FINANCE.signInCode(alone.url())).hasMessageContaining("/sign-in-codes answers 40");
    }
  }

  @Test
  void an_issuer_that_is_not_there_is_named() {
    assertThatThrownBy(() -> FINANCE.signInCode("http://127.0.0.1:1"))
        .hasMessageContaining("the issuer http://127.0.0.1:1 does not answer");
  }
}
