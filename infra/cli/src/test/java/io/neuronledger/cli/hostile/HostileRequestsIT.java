package io.neuronledger.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.demo.Play;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.servers.RawHttp;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Thousands of hostile requests to the three services, with all locks, in the names of nobody, of somebody unknown and
 * of the operator: each is answered in time, none by a failure, and nothing has changed afterwards. The rates are those
 * of the embedded stack, so high that no request is refused for its number; what pauses is cut off after ten seconds by
 * all three.
 */
class HostileRequestsIT {
  /** A broker on a busy machine may be late for less than one of so many. */
  private static final int UNRECORDED_ONE_OF = 100;
  private static final int REQUESTS_MIN = 5_000;
  private static final int RANDOM_REQUESTS = 1_500;
  private static final long SEED = 15;
  private static final int AT_ONCE = 64;
  private static final int UNFINISHED_OF_EACH_KIND = 10;
  private static final WalletAddress PROVIDER = DevWallet.funded(3).address();

  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unrecorded = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final Semaphore places = new Semaphore(AT_ONCE);

  @Test
  void every_request_is_answered_and_none_changes_anything() {
    try (Stack stack = Stack.start(StackOptions.temporary().withSettings(
        Map.of("server.tomcat.connection-timeout", "10s")).withLock())) {
      Play.on(stack, Instant.now());
      Map<String, JsonNode> before = answers(stack.api());
      List<Target> targets = List.of(Target.of("ledger-query", stack.query().url()),
          Target.of("ledger-command", stack.command().url()), Target.of("chain-indexer", stack.indexer().url()));
      String operator = stack.tokens().token().orElseThrow();
      // Until a service has read the issuer's keys, on a busy machine, it cannot verify a token.
      targets.forEach(target -> await().atMost(Duration.ofMinutes(1)).until(() -> RawHttp.send(target.port(), "GET",
          "/actuator/prometheus", "Authorization: Bearer " + operator).status() == 200));
      String broker = brokerKey(stack);
      HostileRequests requests = new HostileRequests(operator, broker);
      Verdict verdict = new Verdict(Set.of(operator, broker));
      targets.forEach(requests::generated);
      requests.random(targets, RANDOM_REQUESTS, SEED);
      List<HostileRequest> unfinished = new ArrayList<>();
      targets.forEach(target -> unfinished.addAll(requests.unfinished(target, UNFINISHED_OF_EACH_KIND)));
      try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
        // They last until the services' own timeout, so the others come meanwhile.
        unfinished.forEach(each -> senders.execute(() -> send(each, verdict)));
        requests.all().forEach(each -> senders.execute(() -> sendInTurn(each, verdict)));
      }
      assertThat(faults).isEmpty();
      assertThat(answered.get()).isEqualTo(requests.all().size() + unfinished.size())
          .isGreaterThanOrEqualTo(REQUESTS_MIN);
      assertThat(unrecorded.get()).isLessThan(answered.get() / UNRECORDED_ONE_OF);
      targets.forEach(target -> assertThat(RawHttp.send(target.port(), "GET", "/actuator/health/readiness").status())
          .as(target.service()).isEqualTo(200));
      assertThat(answers(stack.api())).isEqualTo(before);
    }
  }

  private static String brokerKey(Stack stack) {
    String key = stack.keys().make("hostile broker", Set.of(Scope.USAGE_WRITE), Optional.of(PROVIDER),
        Duration.ofDays(1));
    var _ = stack.commandApi().as(() -> Optional.of(key)).awaitKnown();
    return key;
  }

  private void sendInTurn(HostileRequest request, Verdict verdict) {
    places.acquireUninterruptibly();
    try {
      send(request, verdict);
    } finally {
      places.release();
    }
  }

  private void send(HostileRequest request, Verdict verdict) {
    try {
      Optional<RawHttp.Answer> answer = RawHttp.trySend(request.target().port(), request.bytes());
      if (answer.filter(each -> each.body().contains(Verdict.UNRECORDED)).isPresent()) {
        var _ = unrecorded.incrementAndGet();
      }
      verdict.of(request, answer).ifPresent(fault -> faults.add(fault + ": " + request + " -> "
          + answer.map(each -> each.status() + " " + each.body().strip())));
    } catch (UncheckedIOException e) {
      faults.add("no end: " + request + " -> " + e.getCause());
    } finally {
      var _ = answered.incrementAndGet();
    }
  }

  /** All money that the ledger answers, without the block that it is as of. */
  private static Map<String, JsonNode> answers(LedgerApi ledger) {
    Map<String, JsonNode> answers = new TreeMap<>();
    List<String> paths = new ArrayList<>(List.of("/v1/ledgers?limit=500", "/v1/settlements?limit=500",
        "/v1/discrepancies?limit=500", "/v1/reports/settlement"));
    ledger.getOk("/v1/ledgers?limit=500").path("ledgers").forEach(each -> {
      String owner = "/v1/ledgers/" + each.path("owner").asString();
      paths.addAll(List.of(owner, owner + "/sub-accounts", owner + "/entries?limit=500", owner + "/usage?limit=500"));
    });
    assertThat(paths).hasSizeGreaterThan(8);
    for (String path : paths) {
      ObjectNode answer = (ObjectNode) ledger.getOk(path);
      answer.remove("as_of");
      answers.put(path, answer);
    }
    return answers;
  }
}
