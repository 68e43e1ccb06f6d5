package io.neuronledger.indexer.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.foundation.partitionlog.TopicDeclaration;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.testkit.servers.OddRequests;
import io.neuronledger.testkit.servers.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as Spring Boot starts it, from the operator's view. */
class ChainIndexerIT {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final ScriptedScene scene = ScriptedScene.onOwnBroker();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    scene.close();
    http.shutdownNow();
  }

  /** The test's broker is alone, so that no topic with two replicas can be created. */
  @Test
  void its_topics_have_as_many_replicas_as_are_set() throws InterruptedException, ExecutionException {
    scene.mine(1);
    try (RunningIndexer service = run("neuron-ledger.kafka.replication-factor=2");
        Admin admin = Admin.create(Map.of("bootstrap.servers", scene.options.bootstrapServers))) {
      TopicDeclaration ofAccess = service.context.getBean(TopicDeclaration.class);
      assertThat(ofAccess.ready()).isFalse();
      assertThat(ofAccess.trouble().orElseThrow()).containsIgnoringCase("replication factor");
      assertThat(admin.listTopics().names().get()).isEmpty();
    }
  }

  @Test
  void is_ready_while_idle_and_reports_why_when_it_is_not() throws IOException, InterruptedException {
    scene.mine(5);
    try (RunningIndexer service = run("neuron-ledger.follow.stall-max=PT1S");
        Published published = scene.published()) {
      scene.awaitHead(published);
      awaitStatus(service, "readiness", OK);
      // The chain is idle for longer than the stall limit: the head is still fresh.
      await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10))
          .until(() -> get(service, "health/readiness").statusCode() == OK);

      scene.node.close();
      awaitStatus(service, "readiness", UNAVAILABLE);
      JsonNode follow = details(service);
      assertThat(follow.path("why").asString()).contains("no step has worked for");
      assertThat(follow.path("last_failure").asString()).contains("127.0.0.1");
      assertThat(follow.path("published").asLong()).isEqualTo(5);
      assertThat(get(service, "health/liveness").statusCode()).isEqualTo(OK);
    }
  }

  @Test
  void measures_itself() throws IOException, InterruptedException {
    scene.mine(5);
    try (RunningIndexer service = run(); Published published = scene.published()) {
      scene.awaitHead(published);
      await().atMost(ScriptedScene.PATIENCE).until(() ->
          get(service, "prometheus").body().contains("indexer_published_block 5.0"));
      assertThat(get(service, "prometheus").body()).contains("indexer_head_block 5.0", "indexer_head_distance 0.0",
          "indexer_leader 1.0", "indexer_halted 0.0", "indexer_retractions_total 0.0",
          "indexer_bloom_mismatches_total{node=", "indexer_rpc_requests_seconds_count", "indexer_step_seconds_count",
          "indexer_records_published_total", "indexer_guard_blocks{guard=\"proved\"} 5.0",
          "indexer_guard_blocks{guard=\"none\"} 0.0");
      assertThat(details(service).path("guard").asString()).isEqualTo("proved");
      assertThat(details(service).path("guard_ranges").valueStream().map(JsonNode::asString))
          .containsExactly("1 to 5: proved");
    }
  }

  @Test
  void a_fork_below_finality_shows_in_health_and_does_not_restart_it() throws IOException, InterruptedException {
    scene.mine(30);
    scene.node.finalise(20);
    // Two nodes are believed sooner than one that nobody confirms.
    try (FakeNode other = new FakeNode(scene.chain)) {
      other.finalise(20);
      try (RunningIndexer service = run("neuron-ledger.rpc.retry-max=PT1S",
          "neuron-ledger.rpc.urls=" + scene.node.url() + "," + other.url()); Published published = scene.published()) {
        scene.awaitHead(published);
        scene.chain.lose(15);
        scene.mine(20);
        awaitStatus(service, "readiness", UNAVAILABLE);
        assertThat(details(service).path("why").asString()).contains("no longer holds block 20")
            .contains("Check that the node follows the right chain");
        assertThat(get(service, "health/liveness").statusCode()).isEqualTo(OK);
        assertThat(get(service, "prometheus").body()).contains("indexer_halted 1.0");
      }
    }
  }

  @Test
  void another_deployment_does_not_start() {
    scene.mine(5);
    try (RunningIndexer _ = run(); Published published = scene.published()) {
      scene.awaitHead(published);
    }
    assertThatThrownBy(() -> run("neuron-ledger.start-block=3").close())
        .hasStackTraceContaining("start block (NEURON_LEDGER_START_BLOCK): stored 1, configured 3");
    try (RunningIndexer service = run()) {
      awaitStatus(service, "readiness", OK);
    }
  }

  private RunningIndexer run(String... more) {
    return new RunningIndexer(scene, more);
  }

  private void awaitStatus(RunningIndexer service, String probe, int status) {
    await().atMost(ScriptedScene.PATIENCE).until(() -> get(service, "health/" + probe).statusCode() == status);
  }

  private JsonNode details(RunningIndexer service) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(get(service, "health/readiness").body()).path("components").path("follow")
        .path("details");
  }

  private HttpResponse<String> get(RunningIndexer service, String path)
      throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port + "/actuator/" + path))
        .build(),
        BodyHandlers.ofString());
  }

  @Test
  void malformed_http_is_refused_with_a_problem() {
    scene.mine(1);
    SoftAssertions all = new SoftAssertions();
    try (RunningIndexer service = run()) {
      for (String request : OddRequests.of("/v1/admin/reconciliations")) {
        RawHttp.Answer answer = RawHttp.send(service.port, request);
        all.assertThat(answer.status()).as(request).matches(status -> (status >= 400 && status < 500) || status == 501
            || status == 505);
        all.assertThat(answer.mediaType()).as(request).isEqualTo("application/problem+json");
        all.assertThat(answer.body()).as(request).contains("\"code\":\"");
      }
      RawHttp.Answer unknown = RawHttp.send(service.port, "POST /v1/admin/reconciliations?owner=0x12 HTTP/1.1\r\n"
          + "Host: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      all.assertThat(unknown.status()).isEqualTo(400);
      all.assertThat(unknown.body()).contains("\"code\":\"unknown-parameter\"").doesNotContain("null");
    }
    all.assertAll();
  }
}
