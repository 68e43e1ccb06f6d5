package io.neuronledger.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.issuer.AccessMatrix;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service with an issuer: every operation of the document with every kind of credential. */
class AccessIT {
  private static final Set<String> SCOPES =
      Arrays.stream(Scope.values()).map(Scope::tag).collect(Collectors.toCollection(TreeSet::new));
  private static TokenIssuer issuer;
  private static PostgresServer postgres;
  private static Service service;

  @BeforeAll
  static void start() {
    issuer = TokenIssuer.start();
    postgres = PostgresServer.startTemporary();
    service = new Service(postgres, "access", 1,
        issuer.settings().stream().map(setting -> "--" + setting).toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    service.close();
    postgres.close();
    issuer.close();
  }

  @Test
  void every_operation_is_allowed_to_whom_the_document_says() {
    List<AccessMatrix.Operation> operations = new ArrayList<>();
    for (ApiDocument.Operation operation : new ApiDocument().operations()) {
      operations.add(new AccessMatrix.Operation(operation.method(), target(operation), alternatives(operation)));
    }
    assertThat(operations).hasSizeGreaterThan(20);
    assertThat(new AccessMatrix(service.port(), issuer, SCOPES).faults(operations)).isEmpty();
  }

  private static String target(ApiDocument.Operation operation) {
    String path = operation.path().replace("{owner}", AccessMatrix.OWNER)
        .replaceAll("\\{[a-z]+}", Served.PROVIDER.value());
    return operation.names("query").contains("address") ? path + "?address=" + AccessMatrix.OWNER : path;
  }

  private static List<Set<String>> alternatives(ApiDocument.Operation operation) {
    return operation.node().path("security").valueStream().map(alternative -> (Set<String>) new TreeSet<>(
        alternative.path("bearer").valueStream().map(scope -> scope.asString()).toList())).toList();
  }

  @Test
  void probes_are_open_without_details_and_metrics_are_not() {
    for (String probe : List.of("liveness", "readiness")) {
      RawHttp.Answer answer = get("/actuator/health/" + probe);
      assertThat(answer.status()).as(probe).isIn(200, 503);
      assertThat(answer.body()).as(probe).doesNotContain("components", "details");
    }
    assertThat(get("/actuator/health/readiness", bearer("metrics:read")).body()).contains("\"intake\"");
    assertThat(get("/actuator/health/readiness", bearer("admin", "ledger:read")).body()).doesNotContain("components");
    for (String path : List.of("/actuator/prometheus", "/actuator/health", "/actuator", "/actuator/health/intake")) {
      assertThat(get(path).status()).as(path).isEqualTo(401);
      assertThat(get(path, bearer("admin", "finance:read")).status()).as(path).isEqualTo(403);
      assertThat(get(path, bearer("metrics:read")).status()).as(path).isIn(200, 503);
    }
  }

  @Test
  void what_is_not_published_is_not_there() {
    for (String path : List.of("/", "/v1", "/v1/ledgers/", "/error", "/index.html", "/login", "/logout",
        "/oauth2/token")) {
      assertThat(get(path, bearer("admin")).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void a_service_without_an_issuer_does_not_start() {
    assertThatThrownBy(() -> new Service(postgres, "access_none", 1, "--neuron-ledger.access.open=false").close())
        .hasStackTraceContaining("NEURON_LEDGER_ACCESS_ISSUER must be the https URL of the OIDC issuer");
  }

  private static RawHttp.Answer get(String path, String... headers) {
    return RawHttp.send(service.port(), "GET", path, headers);
  }

  private static String bearer(String... roles) {
    return "Authorization: Bearer " + issuer.token("alice", roles);
  }
}
