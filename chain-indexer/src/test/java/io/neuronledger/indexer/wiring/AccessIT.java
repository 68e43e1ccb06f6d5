package io.neuronledger.indexer.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.issuer.AccessMatrix;
import io.neuronledger.testkit.servers.issuer.AccessRecords;
import io.neuronledger.testkit.servers.issuer.ApiKeyPublication;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service with an issuer: every operation of the document with every kind of credential. */
class AccessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ScriptedScene scene = ScriptedScene.onOwnBroker();
  private final TokenIssuer issuer = TokenIssuer.start();

  @AfterEach
  void stop() {
    scene.close();
    issuer.close();
  }

  @Test
  void every_operation_is_allowed_to_whom_the_document_says() {
    scene.mine(1);
    Set<String> scopes = Arrays.stream(Scope.values()).map(Scope::tag).collect(Collectors.toSet());
    List<AccessMatrix.Operation> operations = new ApiDocument().operations().stream()
        .map(operation -> new AccessMatrix.Operation(operation.method(), operation.path(), operation.security()))
        .toList();
    assertThat(operations).isNotEmpty();
    try (ApiKeyPublication keys = new ApiKeyPublication(scene.options.bootstrapServers);
        RunningIndexer service = new RunningIndexer(scene, issuer.settings().toArray(String[]::new))) {
      AccessMatrix matrix = new AccessMatrix(service.port, issuer, keys, scopes);
      await().atMost(PATIENCE).until(() -> matrix.publishKeys(operations));
      assertThat(matrix.faults(operations)).isEmpty();
      try (AccessRecords log = new AccessRecords(scene.options.bootstrapServers,
          AccessLogPartition.CHAIN_INDEXER.number())) {
        int status = RawHttp.send(service.port, "POST", "/v1/admin/reconciliations", bearer("admin")).status();
        await().atMost(PATIENCE).until(() -> !log.answers().isEmpty());
        assertThat(log.answers()).containsExactly("reconcile " + status);
      }
      RawHttp.Answer readiness = RawHttp.send(service.port, "GET", "/actuator/health/readiness");
      assertThat(readiness.status()).isIn(200, 503);
      assertThat(readiness.body()).doesNotContain("components", "details");
      assertThat(RawHttp.send(service.port, "GET", "/actuator/health/readiness", bearer("metrics:read")).body())
          .contains("\"follow\"", "\"accessLog\"", "\"writable\"");
      assertThat(RawHttp.send(service.port, "GET", "/actuator/prometheus").status()).isEqualTo(401);
      assertThat(RawHttp.send(service.port, "GET", "/actuator/info", bearer("metrics:read")).status()).isEqualTo(404);
    }
  }

  @Test
  void a_service_without_an_issuer_does_not_start() {
    scene.mine(1);
    assertThatThrownBy(() -> new RunningIndexer(scene, "neuron-ledger.access.open=false").close())
        .hasStackTraceContaining("NEURON_LEDGER_ACCESS_ISSUER must be the https URL of the OIDC issuer");
  }

  private String bearer(String... roles) {
    return "Authorization: Bearer " + issuer.token("alice", roles);
  }
}
