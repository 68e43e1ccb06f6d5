package io.neuronledger.command.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.issuer.AccessMatrix;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
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
  private static TokenIssuer issuer;
  private static Service service;

  @BeforeAll
  static void start() {
    Servers.freshTopics(1);
    issuer = TokenIssuer.start();
    service = Service.start(Servers.freshSchema(), 1, issuer.settings().toArray(String[]::new));
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
    assertThat(operations).hasSizeGreaterThanOrEqualTo(5);
    assertThat(new AccessMatrix(port(), issuer, scopes).faults(operations)).isEmpty();
  }

  private static List<AccessMatrix.Operation> operations() throws IOException {
    List<AccessMatrix.Operation> operations = new ArrayList<>();
    try (InputStream in = Objects.requireNonNull(AccessIT.class.getResourceAsStream(
        "/openapi/ledger-command.v1.yaml"))) {
      new YAMLMapper().readTree(in).path("paths").forEachEntry((path, methods) -> methods.forEachEntry((method, node) ->
          operations.add(new AccessMatrix.Operation(method.toUpperCase(Locale.ROOT), path.replace("{key}", "x"),
              node.path("security").valueStream().map(each -> (Set<String>) new TreeSet<>(each.path("bearer")
                  .valueStream().map(scope -> scope.asString()).toList())).toList()))));
    }
    return operations;
  }

  @Test
  void probes_are_open_without_details_and_metrics_are_not() {
    RawHttp.Answer readiness = get("/actuator/health/readiness");
    assertThat(readiness.status()).isIn(200, 503);
    assertThat(readiness.body()).doesNotContain("components", "details");
    assertThat(get("/actuator/health/readiness", bearer("metrics:read")).body()).contains("\"intake\"");
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
