package io.neuronledger.indexer.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.testkit.servers.RawHttp;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** The document and the service agree, in both directions: paths, answers, problem codes. */
class ApiDocumentIT {
  private static final String RECONCILE = "/v1/admin/reconciliations";
  private static final String BY_ACCESS = "AccessIT provokes it: this service is open";
  private static final String BY_WIRING = "AccessWiringTest provokes it";
  /** The problem codes that no request here can provoke, with the reason. */
  private static final Map<String, String> UNREACHED = Map.ofEntries(
      Map.entry("internal-error", "a bug in the service"), Map.entry("credential-missing", BY_ACCESS),
      Map.entry("credential-invalid", BY_ACCESS), Map.entry("insufficient-scope", BY_ACCESS),
      Map.entry("credential-unverifiable", BY_WIRING), Map.entry("api-keys-unknown", BY_WIRING),
      Map.entry("origin-not-allowed", BY_WIRING), Map.entry("too-many-requests", BY_WIRING),
      Map.entry("too-many-failed-credentials", BY_WIRING),
      Map.entry("too-many-requests-at-once", "RateFilterTest provokes it"),
      Map.entry("access-log-unavailable", BY_WIRING));

  private final ApiDocument document = new ApiDocument();
  private final ScriptedScene scene = ScriptedScene.onOwnBroker();
  private final Set<String> codes = new TreeSet<>();

  @BeforeEach
  void mine() {
    scene.mine(1);
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void the_document_names_exactly_the_paths_of_the_service() {
    try (RunningIndexer service = new RunningIndexer(scene)) {
      Set<String> mapped = new TreeSet<>();
      service.context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class).getHandlerMethods()
          .forEach((mapping, _) -> mapping.getPatternValues().stream().filter(path -> path.startsWith("/v1"))
              .forEach(path -> mapping.getMethodsCondition().getMethods()
                  .forEach(method -> mapped.add(method + " " + path))));
      assertThat(document.operations()).extracting(Object::toString).containsExactlyInAnyOrderElementsOf(mapped);
    }
  }

  @Test
  void every_answer_is_documented_and_every_problem_code_is_provoked_or_explained() {
    try (RunningIndexer leader = new RunningIndexer(scene)) {
      awaitRole(leader, Progress.Role.LEADING);
      assertThat(send(leader, "POST", RECONCILE).status()).isEqualTo(202);
      assertThat(send(leader, "POST", RECONCILE, "Accept: text/csv").status()).isEqualTo(202);
      assertThat(send(leader, "POST", RECONCILE + "?owner=0x12").status()).isEqualTo(400);
      assertThat(send(leader, "POST", RECONCILE + "?x=%zz").status()).isEqualTo(400);
      assertThat(send(leader, "GET", RECONCILE).status()).isEqualTo(405);
      assertThat(send(leader, "GET", "/v1/admin").status()).isEqualTo(404);
      try (RunningIndexer standby = new RunningIndexer(scene)) {
        awaitRole(standby, Progress.Role.PASSIVE);
        assertThat(send(standby, "POST", RECONCILE).status()).isEqualTo(409);
      }
    }
    UNREACHED.forEach((code, why) -> assertThat(codes).as(why).doesNotContain(code));
    codes.addAll(UNREACHED.keySet());
    assertThat(codes).isEqualTo(document.problemCodes());
  }

  private static void awaitRole(RunningIndexer service, Progress.Role role) {
    await().atMost(ScriptedScene.PATIENCE)
        .until(() -> service.context.getBean(Progress.class).view().role() == role);
  }

  /** Sends a request and asserts that the answer conforms to the document. */
  private RawHttp.Answer send(RunningIndexer service, String method, String target, String... headers) {
    RawHttp.Answer answer = RawHttp.send(service.port, method, target, headers);
    assertThat(document.faults(method, target.split("\\?", 2)[0], answer)).as(method + " " + target + " -> " + answer)
        .isEmpty();
    if (answer.mediaType().equals("application/problem+json")) {
      codes.add(JsonMapper.shared().readTree(answer.body()).path("code").asString());
    }
    return answer;
  }
}
