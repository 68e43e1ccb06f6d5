package io.neuronledger.foundation.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.key.ApiKey;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.key.ApiKeyRecord;
import io.neuronledger.foundation.access.key.KeyHasher;
import io.neuronledger.foundation.access.log.MemoryLog;
import io.neuronledger.foundation.access.rule.AccessRules;
import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.ProblemWiring;
import io.neuronledger.testkit.servers.ManualClock;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import io.neuronledger.testkit.servers.issuer.WalletTokens;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The chain of filters, without a server: what passes, what is answered instead, and with which headers. */
class AccessWiringTest {
  private static final String ISSUER = "http://127.0.0.1:1";

  private static final ManualClock CLOCK = new ManualClock();
  private final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();

  /** A controller that would answer whatever reaches it. */
  @RestController
  static class Everything {
    @RequestMapping("/**")
    String answer(HttpServletRequest request, HttpServletResponse response) {
      if (request.getHeader("X-Refused") != null) {
        response.setStatus(401);
      }
      return "reached by " + (request.getUserPrincipal() == null ? "nobody" : request.getUserPrincipal().getName());
    }
  }

  @Configuration
  @EnableWebMvc
  @Import({ProblemWiring.class, AccessWiring.class, Everything.class})
  static class Service {
    @Bean
    static AccessRules rules(Environment environment) {
      return AccessRules.ofDocument(environment.getProperty("test.document", "/openapi/ledger-query.v1.yaml"));
    }

    @Bean
    static FailureMapping failures() {
      return new FailureMapping() {};
    }

    @Bean
    static MemoryLog accessLog() {
      return new MemoryLog();
    }

    @Bean
    static Clock clock() {
      return CLOCK;
    }

    @Bean
    static JsonMapper json() {
      return JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    }
  }

  @AfterEach
  void stop() {
    context.close();
  }

  private MockMvc open() {
    return service("server.address=127.0.0.1", "neuron-ledger.access.open=true");
  }

  /** Its issuer never answers: no token is verified. */
  private MockMvc closed(String... more) {
    List<String> settings = new ArrayList<>(List.of("server.address=0.0.0.0", "neuron-ledger.access.issuer=" + ISSUER,
        "neuron-ledger.access.audience=neuron-ledger"));
    settings.addAll(List.of(more));
    return service(settings.toArray(String[]::new));
  }

  private MockMvc service(String... settings) {
    context.setServletContext(new MockServletContext());
    TestPropertyValues.of(settings).and(TokenIssuer.API_KEYS_SETTING).applyTo(context);
    context.register(Service.class);
    context.refresh();
    return MockMvcBuilders.webAppContextSetup(context)
        .addFilters(context.getBean("springSecurityFilterChain", Filter.class)).build();
  }

  private static MockHttpServletResponse send(MockMvc service, MockHttpServletRequestBuilder request) {
    try {
      return service.perform(request).andReturn().getResponse();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static MockHttpServletRequestBuilder request(String method, String target) {
    return MockMvcRequestBuilders.request(HttpMethod.valueOf(method), URI.create("http://127.0.0.1" + target));
  }

  private static void assertProblem(MockHttpServletResponse answer, ProblemCode code) throws Exception {
    assertThat(answer.getContentAsString()).contains("\"code\":\"" + code.code() + "\"", "\"instance\":\"/");
    assertThat(answer.getStatus()).isEqualTo(code.status());
    assertThat(answer.getContentType()).isEqualTo("application/problem+json");
  }

  @Test
  void nothing_but_the_probes_and_documents_is_answered_without_a_credential() throws Exception {
    MockMvc service = closed();
    for (String operation : context.getBean(AccessRules.class).operations()) {
      String path = operation.split(" ", 2)[1].replaceAll("\\{[a-z]+}", "x");
      MockHttpServletResponse answer = send(service, request(operation.split(" ", 2)[0], path));
      if (isDocument(path)) {
        assertThat(answer.getStatus()).as(path).isEqualTo(path.endsWith("/x") ? 404 : 200);
        continue;
      }
      if (Set.of("/actuator/health/liveness", "/actuator/health/readiness", "/dashboard.json").contains(path)) {
        assertThat(answer.getContentAsString()).as(path).isEqualTo("reached by nobody");
      } else {
        assertProblem(answer, ProblemCode.CREDENTIAL_MISSING);
        assertThat(answer.getHeader("WWW-Authenticate")).as(path).isEqualTo("Bearer realm=\"neuron-ledger\"");
      }
      assertThat(answer.getHeader("Cache-Control")).as(path).contains("no-store");
      assertThat(answer.getHeader("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(answer.getCookies()).as(path).isEmpty();
    }
  }

  /** Which DocumentControllerTest is about: read before there is a credential. */
  private static boolean isDocument(String path) {
    return path.equals("/openapi.yaml") || path.startsWith("/docs") || path.startsWith("/problems");
  }

  @Test
  void a_token_elsewhere_than_in_the_header_is_no_credential() throws Exception {
    MockMvc service = closed();
    assertProblem(send(service, request("GET", "/v1/status?access_token=a.b.c")), ProblemCode.CREDENTIAL_MISSING);
    assertProblem(send(service, request("POST", "/v1/admin/unpark")
        .contentType("application/x-www-form-urlencoded").param("access_token", "a.b.c")),
        ProblemCode.CREDENTIAL_MISSING);
    assertProblem(send(service, request("GET", "/v1/status").header("Authorization", "Basic YTpi")),
        ProblemCode.CREDENTIAL_MISSING);
    assertProblem(send(service, request("GET", "/v1/status").header("X-Forwarded-User", "cfo")),
        ProblemCode.CREDENTIAL_MISSING);
  }

  @Test
  void what_is_no_token_is_refused_and_what_cannot_be_verified_is_no_verdict() throws Exception {
    MockMvc service = closed();
    for (String header : List.of("Bearer", "Bearer ", "Bearer x", "Bearer a b", "Bearer \u00e9", "bearer a.b.c")) {
      MockHttpServletResponse answer = send(service, request("GET", "/v1/status").header("Authorization", header));
      assertProblem(answer, ProblemCode.CREDENTIAL_INVALID);
      assertThat(answer.getHeader("WWW-Authenticate")).contains("error=\"invalid_token\"");
    }
    String token = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.eyJzdWIiOiJhIn0.AAAA";
    MockHttpServletResponse answer = send(service, request("GET", "/v1/status").header("Authorization",
        "Bearer " + token));
    assertProblem(answer, ProblemCode.CREDENTIAL_UNVERIFIABLE);
    assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
  }

  @Test
  void what_nobody_published_is_not_reached() throws Exception {
    MockMvc service = open();
    for (String path : List.of("/", "/v1/ledgers/", "/v1/hidden", "/error", "/v1/status/")) {
      assertProblem(send(service, request("GET", path)), ProblemCode.UNKNOWN_PATH);
    }
    MockHttpServletResponse put = send(service, request("PUT", "/v1/admin/rebuild"));
    assertProblem(put, ProblemCode.METHOD_NOT_ALLOWED);
    assertThat(put.getHeader("Allow")).isEqualTo("DELETE, GET, POST");
    assertProblem(send(service, request("OPTIONS", "/v1/status")), ProblemCode.METHOD_NOT_ALLOWED);
  }

  @Test
  void an_open_service_knows_one_caller_by_the_same_rules() throws Exception {
    MockMvc service = open();
    assertThat(send(service, request("POST", "/v1/admin/rebuild")).getContentAsString()).isEqualTo("reached by local");
    assertThat(send(service, request("GET", "/v1/ledgers/x%2F%3B%25%5C..%2Fy").accept("text/csv")).getStatus())
        .isEqualTo(200);
  }

  @Test
  void what_another_sites_page_embeds_is_not_answered() throws Exception {
    MockMvc service = open();
    for (String site : List.of("cross-site", "same-site", "?")) {
      assertProblem(send(service, request("GET", "/v1/status").header("Sec-Fetch-Site", site)
          .header("Sec-Fetch-Dest", "image")), ProblemCode.ORIGIN_NOT_ALLOWED);
      assertThat(send(service, request("GET", "/v1/status").header("Sec-Fetch-Site", site)
          .header("Sec-Fetch-Dest", "document")).getStatus()).isEqualTo(200);
    }
    for (String site : List.of("none", "same-origin")) {
      assertThat(send(service, request("GET", "/v1/status").header("Sec-Fetch-Site", site)
          .header("Sec-Fetch-Dest", "empty")).getStatus()).isEqualTo(200);
    }
    assertProblem(send(service, request("GET", "/v1/status").header("Origin", "http://[x")),
        ProblemCode.ORIGIN_NOT_ALLOWED);
  }

  /** A page whose name was turned to 127.0.0.1 sends its own name as the host. */
  @Test
  void an_open_service_answers_to_the_names_of_this_machine_only() {
    MockMvc service = open();
    for (String host : List.of("evil.example", "127.0.0.1.evil.example", "10.0.0.1")) {
      assertThat(send(service, MockMvcRequestBuilders.get(URI.create("http://" + host + "/v1/status"))).getStatus())
          .as(host).isEqualTo(400);
    }
    for (String host : List.of("localhost", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST")) {
      assertThat(send(service, MockMvcRequestBuilders.get(URI.create("http://" + host + "/v1/status"))).getStatus())
          .as(host).isEqualTo(200);
    }
  }

  @Test
  void an_open_service_on_an_address_of_others_does_not_start() {
    for (String address : List.of("0.0.0.0", "::", "10.0.0.1", "no.such.host.invalid")) {
      try (AnnotationConfigWebApplicationContext other = new AnnotationConfigWebApplicationContext()) {
        other.setServletContext(new MockServletContext());
        TestPropertyValues.of("server.address=" + address, "neuron-ledger.access.open=true",
            TokenIssuer.API_KEYS_SETTING).applyTo(other);
        other.register(Service.class);
        assertThatThrownBy(other::refresh).as(address).rootCause().hasMessageContaining("NEURON_LEDGER_ACCESS_OPEN");
      }
    }
    try (AnnotationConfigWebApplicationContext other = new AnnotationConfigWebApplicationContext()) {
      other.setServletContext(new MockServletContext());
      TestPropertyValues.of("neuron-ledger.access.open=true", TokenIssuer.API_KEYS_SETTING).applyTo(other);
      other.register(Service.class);
      assertThatThrownBy(other::refresh).rootCause().hasMessageContaining("listens on every address");
    }
  }

  /** The filters are on the port of the service alone. */
  @Test
  void a_service_whose_actuator_has_a_port_of_its_own_does_not_start() {
    assertThatThrownBy(() -> closed("server.port=8080", "management.server.port=9090")).rootCause()
        .hasMessageContaining("management.server.port is 9090");
  }

  @Test
  void a_service_without_an_issuer_does_not_start() {
    assertThatThrownBy(() -> service("server.address=127.0.0.1")).rootCause()
        .hasMessageContaining("NEURON_LEDGER_ACCESS_ISSUER");
  }

  @Test
  void a_service_without_a_secret_of_api_keys_does_not_start() {
    context.setServletContext(new MockServletContext());
    TestPropertyValues.of("server.address=127.0.0.1", "neuron-ledger.access.open=true").applyTo(context);
    context.register(Service.class);
    assertThatThrownBy(context::refresh).rootCause().hasMessageContaining("NEURON_LEDGER_ACCESS_API_KEYS_SECRET");
  }

  /** A key with this scope that expires in an hour, in a service that has just heard of it. */
  private ApiKey key(Scope scope) {
    ApiKey key = ApiKey.create("0123456789abcdef", new SecureRandom());
    ApiKeyDirectory directory = context.getBean(ApiKeyDirectory.class);
    directory.accept(new ApiKeyRecord.Valid(key.id(), 0, Set.of(scope), Optional.empty(), Optional.empty(),
        context.getBean(KeyHasher.class).hash(key), Optional.empty(), CLOCK.instant().plus(Duration.ofHours(1))));
    directory.accept(new ApiKeyRecord.SignOfLife(CLOCK.instant()));
    return key;
  }

  /** All operations of the document: who is recorded, and who is not. */
  @Test
  void what_belongs_to_finance_and_administrators_is_recorded_before_and_after() throws Exception {
    MockMvc service = service("server.address=127.0.0.1", "neuron-ledger.access.open=true",
        "neuron-ledger.rate.burst=100");
    MemoryLog log = context.getBean(MemoryLog.class);
    List<String> recorded = new ArrayList<>();
    for (String operation : context.getBean(AccessRules.class).operations()) {
      String path = operation.split(" ", 2)[1].replaceAll("\\{[a-z]+}", "x");
      int status = send(service, request(operation.split(" ", 2)[0], path)).getStatus();
      assertThat(status).as(path).isEqualTo(isDocument(path) && path.endsWith("/x") ? 404 : 200);
      List<AccessEntry> entries = log.take();
      if (!entries.isEmpty()) {
        recorded.add(operation);
        AccessEntry.Asked asked = (AccessEntry.Asked) entries.get(0);
        assertThat(asked.operation()).isNotEmpty();
        assertThat(asked.path()).isEqualTo(path);
        assertThat(entries.subList(1, entries.size())).containsExactly(
            new AccessEntry.Answered(asked.request(), "local", asked.owners(), 200));
      }
    }
    assertThat(recorded).containsExactlyInAnyOrder("GET /v1/settlements", "GET /v1/settlements/{id}",
        "GET /v1/discrepancies", "GET /v1/reconciliation/chain", "GET /v1/reconciliation/chain/{run}",
        "GET /v1/reports/settlement", "GET /v1/admin/quarantine", "POST /v1/admin/unpark", "GET /v1/admin/integrity",
        "GET /v1/admin/rebuild", "POST /v1/admin/rebuild", "DELETE /v1/admin/rebuild", "GET /v1/access-log",
        "GET /v1/totals", "GET /v1/periods", "GET /v1/periods/{period}", "POST /v1/periods/{period}/reports",
        "GET /v1/periods/{period}/reports/{hash}", "GET /v1/reports/journal", "GET /v1/providers/{provider}/statement",
        "GET /v1/exports/{id}", "DELETE /v1/exports/{id}", "GET /v1/webhooks", "GET /v1/webhooks/{id}",
        "DELETE /v1/webhooks/{id}", "GET /v1/webhooks/{id}/messages", "GET /v1/webhooks/{id}/deliveries",
        "POST /v1/settlements/exports", "POST /v1/settlements/{id}/exports", "POST /v1/discrepancies/exports",
        "POST /v1/reconciliation/chain/exports", "POST /v1/reconciliation/chain/{run}/exports",
        "POST /v1/reports/settlement/exports", "POST /v1/totals/exports");
  }

  @Test
  void a_record_says_who_what_whom_and_from_where() throws Exception {
    MockMvc service = closed();
    MemoryLog log = context.getBean(MemoryLog.class);
    ApiKey key = key(Scope.FINANCE_READ);
    assertThat(send(service, with(key, request("GET", "/v1/discrepancies?owner=0xAB&kind=a%20b"))
        .header("X-Request-Id", "r".repeat(100)).with(each -> {
          each.setRemoteAddr("10.1.2.3");
          return each;
        })).getStatus()).as("the test's controller has no parameters").isEqualTo(400);
    AccessEntry.Asked asked = (AccessEntry.Asked) log.take().get(0);
    assertThat(asked.who()).isEqualTo(
        new AccessEntry.Who("nlk_" + key.id(), "api_key", Optional.of(key.id()), "10.1.2.3"));
    assertThat(asked.operation() + " " + asked.method() + " " + asked.path()).isEqualTo(
        "discrepancies GET /v1/discrepancies");
    assertThat(asked.query()).contains("owner=0xAB&kind=a%20b");
    assertThat(asked.owners()).containsExactly("0xAB");
    assertThat(asked.requestId()).contains("r".repeat(100));
    send(service, with(key, request("GET", "/v1/settlements")).header("X-Request-Id", "\u00e9" + "r".repeat(100)));
    assertThat(((AccessEntry.Asked) log.take().get(0)).requestId()).hasValueSatisfying(made ->
        assertThat(UUID.fromString(made)).as("another one is not taken").hasToString(made));
  }

  @Test
  void the_refused_are_recorded_and_the_unknown_and_the_too_fast_are_not() throws Exception {
    MockMvc service = closed("neuron-ledger.rate.burst=2", "neuron-ledger.rate.per-minute=1");
    MemoryLog log = context.getBean(MemoryLog.class);
    ApiKey key = key(Scope.LEDGER_READ);
    assertProblem(send(service, request("GET", "/v1/settlements")), ProblemCode.CREDENTIAL_MISSING);
    assertThat(log.take()).isEmpty();
    assertProblem(send(service, with(key, request("DELETE", "/v1/admin/rebuild"))), ProblemCode.INSUFFICIENT_SCOPE);
    assertThat(log.take()).hasSize(2).last()
        .satisfies(entry -> assertThat(((AccessEntry.Answered) entry).status()).isEqualTo(403));
    assertThat(send(service, with(key, request("GET", "/v1/refunds"))).getStatus()).isEqualTo(200);
    assertProblem(send(service, with(key, request("GET", "/v1/settlements"))), ProblemCode.TOO_MANY_REQUESTS);
    assertThat(log.take()).isEmpty();
  }

  @Test
  void the_details_of_health_say_whether_the_log_can_be_written() {
    open();
    HealthIndicator indicator = context.getBean("accessLogHealthIndicator", HealthIndicator.class);
    Health writable = Objects.requireNonNull(indicator.health());
    assertThat(writable.getStatus()).isEqualTo(Status.UP);
    assertThat(writable.getDetails()).isEqualTo(Map.of("writable", true));
    context.getBean(MemoryLog.class).setAway(true);
    Health away = Objects.requireNonNull(indicator.health());
    assertThat(away.getStatus()).isEqualTo(Status.UP);
    assertThat(away.getDetails()).isEqualTo(Map.of("writable", false, "since", "1970-01-01T00:00:00Z"));
  }

  @Test
  void what_cannot_be_recorded_is_not_done() throws Exception {
    MockMvc service = open();
    context.getBean(MemoryLog.class).setAway(true);
    for (String operation : List.of("GET /v1/settlements", "POST /v1/admin/rebuild", "GET /v1/reports/settlement")) {
      MockHttpServletResponse answer = send(service, request(operation.split(" ", 2)[0], operation.split(" ", 2)[1]));
      assertProblem(answer, ProblemCode.ACCESS_LOG_UNAVAILABLE);
      assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
      assertThat(answer.getContentAsString()).doesNotContain("reached");
    }
    assertThat(send(service, request("GET", "/v1/ledgers")).getStatus()).isEqualTo(200);
    assertThat(context.getBean(MemoryLog.class).take()).isEmpty();
  }

  private static MockHttpServletRequestBuilder with(ApiKey key, MockHttpServletRequestBuilder request) {
    return request.header("Authorization", "Bearer " + key.reveal());
  }

  @Test
  void an_api_key_is_a_caller_by_the_same_rules() throws Exception {
    MockMvc service = closed();
    ApiKey key = key(Scope.LEDGER_READ);
    assertThat(send(service, with(key, request("GET", "/v1/status"))).getContentAsString())
        .isEqualTo("reached by nlk_0123456789abcdef");
    MockHttpServletResponse tooWeak = send(service, with(key, request("POST", "/v1/admin/rebuild")));
    assertProblem(tooWeak, ProblemCode.INSUFFICIENT_SCOPE);
    assertThat(tooWeak.getContentAsString()).doesNotContain(key.reveal());
    ApiKey other = ApiKey.create(key.id(), new SecureRandom());
    MockHttpServletResponse forged = send(service, with(other, request("GET", "/v1/status")));
    assertProblem(forged, ProblemCode.CREDENTIAL_INVALID);
    assertThat(forged.getHeader("WWW-Authenticate")).contains("error=\"invalid_token\"");
    assertThat(forged.getContentAsString()).doesNotContain(other.reveal());
  }

  /** The last moment at which it is known, and the first at which it is not. */
  @Test
  void without_a_sign_of_life_for_30_seconds_an_api_key_is_no_verdict() throws Exception {
    MockMvc service = closed();
    ApiKey key = key(Scope.LEDGER_READ);
    CLOCK.pass(Duration.ofSeconds(30).minusMillis(1));
    assertThat(send(service, with(key, request("GET", "/v1/status"))).getStatus()).isEqualTo(200);
    CLOCK.pass(Duration.ofMillis(1));
    MockHttpServletResponse answer = send(service, with(key, request("GET", "/v1/status")));
    assertProblem(answer, ProblemCode.API_KEYS_UNKNOWN);
    assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
    assertThat(answer.getHeader("WWW-Authenticate")).isNull();
    assertProblem(send(service, request("GET", "/v1/status").header("Authorization", "Bearer nlk_x")),
        ProblemCode.CREDENTIAL_INVALID);
    context.getBean(ApiKeyDirectory.class).accept(new ApiKeyRecord.SignOfLife(CLOCK.instant()));
    assertThat(send(service, with(key, request("GET", "/v1/status"))).getStatus()).isEqualTo(200);
  }

  @Test
  void an_open_service_verifies_api_keys_and_takes_no_notice_of_other_credentials() throws Exception {
    MockMvc service = open();
    ApiKey key = key(Scope.LEDGER_READ);
    assertThat(send(service, with(key, request("GET", "/v1/status"))).getContentAsString())
        .isEqualTo("reached by nlk_0123456789abcdef");
    assertProblem(send(service, with(key, request("POST", "/v1/admin/rebuild"))), ProblemCode.INSUFFICIENT_SCOPE);
    for (String header : List.of("Bearer nlk_x", "bearer  nlk_" + key.reveal(), "BEARER nlk_a b")) {
      assertProblem(send(service, request("GET", "/v1/status").header("Authorization", header)),
          ProblemCode.CREDENTIAL_INVALID);
    }
    for (String header : List.of("Bearer a.b.c", "Bearer a b", "Basic YTpi")) {
      assertThat(send(service, request("GET", "/v1/status").header("Authorization", header)).getContentAsString())
          .isEqualTo("reached by local");
    }
  }

  @Test
  void a_caller_that_sends_too_many_requests_gets_a_problem_and_the_probes_are_not_limited() throws Exception {
    MockMvc service = service("server.address=127.0.0.1", "neuron-ledger.access.open=true",
        "neuron-ledger.rate.per-minute=1", "neuron-ledger.rate.burst=2");
    assertThat(send(service, request("GET", "/v1/status")).getStatus()).isEqualTo(200);
    assertThat(send(service, request("POST", "/v1/admin/rebuild")).getHeader("RateLimit"))
        .startsWith("\"rate\";r=0;t=");
    MockHttpServletResponse refused = send(service, request("GET", "/v1/status"));
    assertProblem(refused, ProblemCode.TOO_MANY_REQUESTS);
    assertThat(refused.getHeader("Retry-After")).matches("[1-9][0-9]?");
    assertThat(refused.getHeader("Cache-Control")).contains("no-store");
    for (int i = 0; i < 50; i++) {
      MockHttpServletResponse probe = send(service, request("GET", "/actuator/health/liveness"));
      assertThat(probe.getStatus()).isEqualTo(200);
      assertThat(probe.getHeader("RateLimit")).isNull();
    }
  }

  /** A request without a credential guesses nothing. */
  @Test
  void credentials_that_fail_are_limited_by_address() throws Exception {
    MockMvc service = closed("neuron-ledger.rate.failures-per-minute=3");
    for (int i = 0; i < 10; i++) {
      assertProblem(send(service, request("GET", "/v1/status")), ProblemCode.CREDENTIAL_MISSING);
    }
    for (int i = 0; i < 3; i++) {
      assertProblem(send(service, guess()), ProblemCode.CREDENTIAL_INVALID);
    }
    MockHttpServletResponse refused = send(service, guess());
    assertProblem(refused, ProblemCode.TOO_MANY_FAILED_CREDENTIALS);
    assertThat(refused.getHeader("Retry-After")).matches("[1-9][0-9]?");
    assertProblem(send(service, guess().with(request -> {
      request.setRemoteAddr("192.0.2.1");
      return request;
    })), ProblemCode.CREDENTIAL_INVALID);
    assertProblem(send(service, request("GET", "/v1/status")), ProblemCode.CREDENTIAL_MISSING);
  }

  /** Each issuer has keys of its own: here one never answers. */
  @Test
  void a_wallets_token_is_verified_without_the_issuer_of_others() throws Exception {
    String wallet = "0x00000000000000000000000000000000000000aa";
    try (WalletTokens wallets = WalletTokens.start(CLOCK)) {
      MockMvc service = closed(wallets.setting());
      assertThat(send(service, request("GET", "/v1/ledgers/" + wallet)
          .header("Authorization", "Bearer " + wallets.token(wallet))).getContentAsString())
          .isEqualTo("reached by " + wallet);
      assertProblem(send(service, request("GET", "/v1/status").header("Authorization", "Bearer " + wallets.signed(
          wallets.claims(wallet).issuer(ISSUER).build()))), ProblemCode.CREDENTIAL_UNVERIFIABLE);
    }
  }

  /** A stolen key is replaced in ledger-command, and the others are restarted. */
  @Test
  void a_wallets_token_of_a_key_that_is_no_longer_published_is_refused_after_a_restart() throws Exception {
    String wallet = "0x00000000000000000000000000000000000000aa";
    try (WalletTokens wallets = WalletTokens.start(CLOCK)) {
      String stolen = "Bearer " + wallets.token(wallet);
      assertThat(send(closed(wallets.setting()), request("GET", "/v1/status").header("Authorization", stolen))
          .getStatus()).isEqualTo(200);
      wallets.rotate();
      MockMvc restarted = closed(wallets.setting());
      assertProblem(send(restarted, request("GET", "/v1/status").header("Authorization", stolen)),
          ProblemCode.CREDENTIAL_INVALID);
      assertThat(send(restarted, request("GET", "/v1/status").header("Authorization", "Bearer "
          + wallets.token(wallet))).getStatus()).isEqualTo(200);
    }
  }

  @Test
  void a_wallets_token_is_not_accepted_where_that_is_off() throws Exception {
    try (WalletTokens wallets = WalletTokens.start(CLOCK); TokenIssuer issuer = TokenIssuer.start(CLOCK)) {
      MockMvc service = service("server.address=0.0.0.0", issuer.settings().get(1), issuer.settings().get(2));
      assertProblem(send(service, request("GET", "/v1/status").header("Authorization", "Bearer "
          + wallets.token("0x00000000000000000000000000000000000000aa"))), ProblemCode.CREDENTIAL_INVALID);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ISSUER, "http://command.example", "https://command.example/", "command"})
  void the_issuer_of_wallets_tokens_is_another_trusted_url(String url) {
    assertThatThrownBy(() -> closed("neuron-ledger.access.wallets.issuer=" + url)).rootCause()
        .hasMessageContaining("NEURON_LEDGER_ACCESS_WALLETS_ISSUER must be the");
  }

  /** Open to everybody, so an address is limited as a caller is; the public keys are answered from memory. */
  @Test
  void sign_in_is_limited_by_address() throws Exception {
    MockMvc service = closed("test.document=/openapi/ledger-command.v1.yaml", "neuron-ledger.rate.burst=2");
    for (int i = 0; i < 2; i++) {
      assertThat(send(service, request("POST", "/v1/sign-in")).getContentAsString()).isEqualTo("reached by nobody");
    }
    assertProblem(send(service, request("POST", "/v1/sign-in/nonces")), ProblemCode.TOO_MANY_REQUESTS);
    for (int i = 0; i < 10; i++) {
      assertThat(send(service, request("GET", "/v1/sign-in/keys")).getStatus()).isEqualTo(200);
    }
    assertThat(send(service, request("POST", "/v1/sign-in").with(request -> {
      request.setRemoteAddr("192.0.2.1");
      return request;
    })).getStatus()).isEqualTo(200);
  }

  @Test
  void a_sign_in_that_fails_is_a_credential_that_fails() throws Exception {
    MockMvc service = closed("test.document=/openapi/ledger-command.v1.yaml",
        "neuron-ledger.rate.failures-per-minute=2");
    MockHttpServletRequestBuilder refused = request("POST", "/v1/sign-in").header("X-Refused", "yes");
    for (int i = 0; i < 2; i++) {
      assertThat(send(service, refused).getStatus()).isEqualTo(401);
    }
    assertProblem(send(service, refused), ProblemCode.TOO_MANY_FAILED_CREDENTIALS);
    assertProblem(send(service, guess("/v1/keys")), ProblemCode.TOO_MANY_FAILED_CREDENTIALS);
    assertThat(send(service, request("GET", "/v1/sign-in/keys")).getStatus()).isEqualTo(200);
  }

  @Test
  void credentials_that_fail_are_not_limited_where_that_is_off() throws Exception {
    MockMvc service = closed("neuron-ledger.rate.failures-per-minute=0");
    for (int i = 0; i < 100; i++) {
      assertProblem(send(service, guess()), ProblemCode.CREDENTIAL_INVALID);
    }
  }

  private static MockHttpServletRequestBuilder guess() {
    return guess("/v1/status");
  }

  private static MockHttpServletRequestBuilder guess(String path) {
    return request("GET", path).header("Authorization", "Bearer guess");
  }

  @Test
  void every_answer_carries_the_headers_of_a_browsers_defence() {
    MockMvc service = closed();
    for (String path : List.of("/v1/status", "/actuator/health/liveness", "/v1/hidden")) {
      MockHttpServletResponse answer = send(service, request("GET", path));
      assertThat(answer.getHeader("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(answer.getHeader("X-Frame-Options")).as(path).isEqualTo("DENY");
      assertThat(answer.getHeader("Referrer-Policy")).as(path).isEqualTo("no-referrer");
      assertThat(answer.getHeader("Content-Security-Policy")).as(path)
          .isEqualTo("default-src 'none'; frame-ancestors 'none'");
      assertThat(answer.getHeader("Cache-Control")).as(path).contains("no-store");
      assertThat(answer.getHeader("Strict-Transport-Security")).as(path).isNull();
      assertThat(send(service, request("GET", path).secure(true)).getHeader("Strict-Transport-Security")).as(path)
          .startsWith("max-age=31536000");
    }
  }

  /** A browser sends such a POST without asking first. */
  @Test
  void a_page_of_another_origin_may_not_call() throws Exception {
    MockMvc service = open();
    for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1")) {
      assertProblem(send(service, request("POST", "/v1/admin/unpark").contentType("text/plain")
          .header("Origin", origin)), ProblemCode.ORIGIN_NOT_ALLOWED);
    }
    MockHttpServletResponse preflight = send(service, request("OPTIONS", "/v1/admin/unpark")
        .header("Origin", "https://evil.example").header("Access-Control-Request-Method", "POST"));
    assertProblem(preflight, ProblemCode.ORIGIN_NOT_ALLOWED);
    assertThat(preflight.getHeader("Access-Control-Allow-Origin")).isNull();
    assertThat(send(service, request("POST", "/v1/admin/unpark").header("Origin", "http://127.0.0.1")).getStatus())
        .isEqualTo(200);
  }

  @Test
  void an_origin_that_is_configured_may_call_without_cookies() throws Exception {
    MockMvc service = closed("neuron-ledger.access.allowed-origins=https://console.example");
    MockHttpServletResponse preflight = send(service, request("OPTIONS", "/v1/status")
        .header("Origin", "https://console.example").header("Access-Control-Request-Method", "GET")
        .header("Access-Control-Request-Headers", "authorization"));
    assertThat(preflight.getStatus()).isEqualTo(200);
    assertThat(preflight.getHeader("Access-Control-Allow-Origin")).isEqualTo("https://console.example");
    assertThat(preflight.getHeader("Access-Control-Allow-Credentials")).isNull();
    MockHttpServletResponse answer = send(service, request("GET", "/v1/status")
        .header("Origin", "https://console.example"));
    assertProblem(answer, ProblemCode.CREDENTIAL_MISSING);
    assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo("https://console.example");
    assertProblem(send(service, request("GET", "/v1/status").header("Origin", "https://evil.example")),
        ProblemCode.ORIGIN_NOT_ALLOWED);
  }
}
