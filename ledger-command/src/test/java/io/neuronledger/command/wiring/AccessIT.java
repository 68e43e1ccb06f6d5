package io.neuronledger.command.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.issuer.AccessMatrix;
import io.neuronledger.testkit.servers.issuer.AccessRecords;
import io.neuronledger.testkit.servers.issuer.ApiKeyPublication;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The service with an issuer: every operation of the document with every kind of credential. */
class AccessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static TokenIssuer issuer;
  private static Service service;

  @BeforeAll
  static void start() {
    Servers.freshTopics(1);
    issuer = TokenIssuer.start();
    service = Service.start(Servers.freshSchema(), 1, issuer.settings().toArray(String[]::new));
    try (ChainEventProducer feed = new ChainEventProducer(1)) {
      feed.publish(new ScriptedPartitions(new Partitions(1)).seal().drain());
    }
  }

  @AfterAll
  static void stop() {
    service.close();
    issuer.close();
  }

  @Test
  void every_operation_is_allowed_to_whom_the_document_says() throws IOException {
    Set<String> scopes = Arrays.stream(Scope.values()).map(Scope::tag).collect(Collectors.toSet());
    List<AccessMatrix.Operation> operations = operations();
    assertThat(operations).hasSizeGreaterThanOrEqualTo(10);
    try (ApiKeyPublication keys = new ApiKeyPublication(Servers.kafka())) {
      AccessMatrix matrix = new AccessMatrix(port(), issuer, keys, scopes);
      await().atMost(PATIENCE).until(() -> matrix.publishKeys(operations));
      assertThat(matrix.faults(operations)).isEmpty();
    }
  }

  @Test
  void every_operation_of_finance_and_administrators_is_recorded_once() throws IOException {
    Set<String> recorded = Set.of("finance:read", "finance:write", "admin", "access-log:read");
    String[] all = Arrays.stream(Scope.values()).map(Scope::tag).toArray(String[]::new);
    int expected = 0;
    try (AccessRecords log = new AccessRecords(Servers.kafka(), AccessLogPartition.LEDGER_COMMAND.number())) {
      for (AccessMatrix.Operation operation : operations()) {
        RawHttp.Answer answer = RawHttp.send(port(), operation.method(), operation.target(),
            "Authorization: Bearer " + issuer.token("ann", all));
        assertThat(answer.body()).doesNotContain("access-log-unavailable");
        expected += operation.alternatives().stream().flatMap(Set::stream).anyMatch(recorded::contains) ? 1 : 0;
      }
      assertThat(expected).isGreaterThanOrEqualTo(9);
      int count = expected;
      await().atMost(PATIENCE).until(() -> log.answers().size() >= count);
      assertThat(log.answers().stream().map(answer -> answer.split(" ", 2)[0])).containsExactlyInAnyOrder(
          "correctUsage", "resolveDiscrepancy", "approveResolution", "revokeResolution", "proposeClosing",
          "approveClosing", "proposeReopening", "approveReopening", "revokeProposal", "makeApiKey",
          "listApiKeys", "showApiKey", "revokeApiKey", "rotateApiKey", "integrity", "listQuarantined", "unpark");
    }
  }

  private static List<AccessMatrix.Operation> operations() throws IOException {
    List<AccessMatrix.Operation> operations = new ArrayList<>();
    try (InputStream in = Objects.requireNonNull(AccessIT.class.getResourceAsStream(
        "/openapi/ledger-command.v1.yaml"))) {
      new YAMLMapper().readTree(in).path("paths").forEachEntry((path, methods) -> methods.forEachEntry((method, node) ->
          operations.add(new AccessMatrix.Operation(method.toUpperCase(Locale.ROOT), path.replaceAll("\\{\\w+}", "x"),
              node.path("security").valueStream().map(each -> (Set<String>) new TreeSet<>(each.path("bearer")
                  .valueStream().map(scope -> scope.asString()).toList())).toList()))));
    }
    return operations;
  }

  @Test
  void usage_is_reported_for_the_provider_of_the_credential_alone() {
    UsageReport own = Reports.report("own", 1);
    UsageReport foreign = Reports.report("foreign", new SubAccountId(Wallets.ALICE, Wallets.BOB, Wallets.INFERENCE), 1,
        UsageSource.ROUTER);
    String token = provider(Wallets.PROVIDER);
    await().atMost(PATIENCE).until(() -> post("/v1/usage", token, Reports.json(own)).status() != 503);
    assertThat(post("/v1/usage", token, Reports.json(own)).body().path("outcome").asString()).isEqualTo("repeated");

    String untouched = Reports.json(Reports.report("untouched", 1));
    for (String body : List.of(Reports.json(foreign), "[" + Reports.json(foreign) + "]",
        "[" + untouched + "," + Reports.json(foreign) + "]", "[" + Reports.json(foreign) + "," + untouched + "]")) {
      String path = body.startsWith("[") ? "/v1/usage/batch" : "/v1/usage";
      assertProblem(post(path, token, body), 403, "foreign-provider");
      assertProblem(post(path, issuer.token("router", "usage:write"), body), 403, "foreign-provider");
      assertProblem(post(path, issuer.token("router", "admin"), body), 403, "insufficient-scope");
    }
    assertThat(post("/v1/usage", token, untouched).status()).as("it was not recorded before").isEqualTo(201);
    assertThat(post("/v1/usage", provider(Wallets.BOB), Reports.json(foreign)).status()).isEqualTo(201);
  }

  private static String provider(WalletAddress provider) {
    return issuer.signed(new JWTClaimsSet.Builder(issuer.claims("reporter", List.of("usage:write")).build())
        .claim("ledger_provider", provider.checksummed()).build());
  }

  @Test
  void a_decision_is_that_of_the_caller() {
    String path = "/v1/discrepancies/" + URLEncoder.encode("settlement-boundary:7-0-1-0:"
        + new SubAccountId(Wallets.ALICE, Wallets.PROVIDER, Wallets.INFERENCE), StandardCharsets.UTF_8) + "/resolution";
    String decision = "{\"amount\":\"19\",\"reason\":\"agreed\"}";
    String token = issuer.token("cfo@example.com", "finance:write");
    await().atMost(PATIENCE).until(() -> post(path, token, decision).status() != 503);
    assertThat(post(path, token, decision).body().path("by").asString()).isEqualTo("cfo@example.com");
    assertProblem(post(path, token, decision.replace("{", "{\"by\":\"ceo\",")), 400, "malformed-request");
    assertProblem(post(path, issuer.token("cfo@example.com", "finance:read", "admin"), decision), 403,
        "insufficient-scope");
  }

  private static Http.Answer post(String path, String token, String json) {
    return Http.send(HttpRequest.newBuilder(URI.create(service.url(path))).header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private static void assertProblem(Http.Answer answer, int status, String code) {
    assertThat(answer.body().path("code").asString()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void probes_are_open_without_details_and_metrics_are_not() {
    RawHttp.Answer readiness = get("/actuator/health/readiness");
    assertThat(readiness.status()).isIn(200, 503);
    assertThat(readiness.body()).doesNotContain("components", "details");
    assertThat(get("/actuator/health/readiness", bearer("metrics:read")).body())
        .contains("\"intake\"", "\"accessLog\"", "\"writable\"");
    assertThat(get("/actuator/health/liveness").status()).isEqualTo(200);
    assertThat(get("/actuator/prometheus").status()).isEqualTo(401);
    assertThat(get("/actuator/prometheus", bearer("admin")).status()).isEqualTo(403);
    assertThat(get("/actuator/prometheus", bearer("metrics:read")).status()).isEqualTo(200);
  }

  @Test
  void a_service_without_an_issuer_does_not_start() {
    assertThatThrownBy(() -> Service.start(Servers.freshSchema(), 1, "neuron-ledger.access.open=false").close())
        .hasStackTraceContaining("NEURON_LEDGER_ACCESS_ISSUER must be the https URL of the OIDC issuer");
  }

  private static int port() {
    return URI.create(service.url("/")).getPort();
  }

  private static RawHttp.Answer get(String path, String... headers) {
    return RawHttp.send(port(), "GET", path, headers);
  }

  private static String bearer(String... roles) {
    return "Authorization: Bearer " + issuer.token("alice", roles);
  }
}
