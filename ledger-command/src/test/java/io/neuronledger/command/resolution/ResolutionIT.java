package io.neuronledger.command.resolution;

import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResolutionIT {
  private static final Partitions PARTITIONS = new Partitions(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String REASON = "{\"reason\":\"seen, agreed with the provider\"}";

  @Test
  void a_decision_is_an_event_in_the_owners_partition_and_outlives_forks() {
    Servers.freshTopics(PARTITIONS.count());
    ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count()); Service service =
        Service.start(Servers.freshSchema(), 1)) {
      feed.publish(chain.fact(settle(ALICE, "1", "1")).seal().drain());
      await().atMost(PATIENCE).until(() -> found(feed).size() == 1);
      String breach = found(feed).getFirst().key();

      Http.Answer resolved = resolve(service, breach, REASON);
      Http.Answer again = resolve(service, breach, REASON);

      assertThat(resolved.status()).isEqualTo(200);
      assertThat(resolved.body().path("owner").asString()).isEqualTo(ALICE.checksummed());
      assertThat(again.body()).isEqualTo(resolved.body());
      await().atMost(PATIENCE).until(() -> decisions(feed).size() == 1);
      AccountRecord stored = decisions(feed).getFirst();
      assertThat(stored.stream()).isEqualTo("resolution:" + ALICE + ":" + breach);
      assertThat(((LedgerEvent.DiscrepancyResolved) stored.event()).by()).isEqualTo("local");

      feed.publish(chain.retract(1, chain.blockTime()).fact(settle(ALICE, "2", "2")).seal().drain());
      await().atMost(PATIENCE).until(() -> found(feed).size() == 2);
      assertThat(decisions(feed)).hasSize(1);
    }
  }

  @Test
  void a_difference_is_resolved_for_one_amount() {
    Servers.freshTopics(PARTITIONS.count());
    SubAccountId odd = new SubAccountId(ALICE, ALICE, ServiceName.of("a/b c:ü"));
    String key = "settlement-boundary:7-0-1-0:" + odd;
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count()); Service service =
        Service.start(Servers.freshSchema(), 1)) {
      feed.publish(new ScriptedPartitions(PARTITIONS).seal().drain());
      await().atMost(PATIENCE).until(() -> feed.published().size() == 2);

      assertProblem(resolve(service, key, REASON), 400, "decision-does-not-fit");
      Http.Answer resolved = resolve(service, key, REASON.replace("{", "{\"amount\":\"19\","));
      Http.Answer other = resolve(service, key, REASON.replace("{", "{\"amount\":\"20\","));

      assertThat(resolved.body().path("key").asString()).isEqualTo(key);
      assertThat(resolved.body().path("amount").asString()).isEqualTo("19");
      assertThat(other.status()).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> decisions(feed).size() == 2);
      assertThat(decisions(feed)).extracting(each -> ((UsageEvent.DifferenceResolved) each.event()).amount())
          .containsExactly(NeuronSum.parse("19"), NeuronSum.parse("20"));
      assertThat(decisions(feed)).extracting(AccountRecord::sequence).containsExactly(0L, 1L);

      assertProblem(resolve(service, "nonsense", REASON), 404, "discrepancy-not-found");
      assertProblem(resolve(service, "settlement-boundary:x", REASON), 404, "discrepancy-not-found");
      assertProblem(resolve(service, "account-is-open:1-0-0-0:ledger:" + ALICE, REASON), 404, "discrepancy-not-found");
      assertProblem(resolve(service, key, "{\"amount\":\"19\"}"), 400, "malformed-request");
      assertProblem(resolve(service, key, "{\"amount\":\"-1\",\"reason\":\"x\"}"), 400,
          "decision-does-not-fit");
      assertProblem(resolve(service, key, REASON.replace("{", "{\"more\":1,")), 400, "malformed-request");
      assertProblem(resolve(service, key, "no json"), 400, "malformed-request");
      assertLimit(service, key, "reason", 2_000);
      assertProblem(resolve(service, key, REASON.replace("{", "{\"amount\":\"19\",\"by\":\"cfo\",")), 400,
          "malformed-request");
      assertProblem(resolve(service, key, "{\"amount\":\"1.5\",\"reason\":\"x\"}"), 400,
          "malformed-request");
    }
  }

  /** For the first decision of a key as for any later one. */
  @Test
  void one_of_two_concurrent_decisions_gets_a_conflict() throws Exception {
    Servers.freshTopics(PARTITIONS.count());
    String database = Servers.freshSchema();
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count()); Service one = Service.start(database, 1);
        Service two = Service.start(database, 1); ExecutorService people = Executors.newFixedThreadPool(4)) {
      feed.publish(new ScriptedPartitions(PARTITIONS).seal().drain());
      await().atMost(PATIENCE).until(() -> feed.published().size() == 2);
      Set<Integer> statuses = new TreeSet<>();
      AtomicInteger number = new AtomicInteger();
      for (int round = 0; round < 40; round++) {
        String key = "settlement-boundary:7-0-" + round + "-0:" + new SubAccountId(ALICE, ALICE, ServiceName.of("s"));
        List<Future<Integer>> both = Stream.of(one, two, one, two).map(each -> people.submit(() -> resolve(each, key,
            "{\"amount\":\"1\",\"reason\":\"r-" + number.incrementAndGet() + "\"}").status()))
            .toList();
        for (Future<Integer> each : both) {
          statuses.add(each.get());
        }
      }
      assertThat(statuses).containsExactly(200, 409);
    }
  }

  @Test
  void an_invalid_decision_is_refused() {
    Servers.freshTopics(PARTITIONS.count());
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count()); Service service =
        Service.start(Servers.freshSchema(), 1)) {
      feed.publish(new ScriptedPartitions(PARTITIONS).seal().drain());
      await().atMost(PATIENCE).until(() -> feed.published().size() == 2);
      String start = "settlement-boundary:7-0-1-0:" + new SubAccountId(ALICE, ALICE, ServiceName.of(""));
      String longest = start + new SplittableRandom(1).ints(Resolutions.KEY_BYTES_MAX - start.length(), 'a', 'z' + 1)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
      String decision = REASON.replace("{", "{\"amount\":\"19\",");
      assertThat(resolve(service, longest, decision).status()).isEqualTo(200);
      assertProblem(resolve(service, longest + "x", decision), 404, "discrepancy-not-found");
      assertProblem(resolve(service, "account-is-open:1-0-0-0:ledger:" + ALICE + ":\0", REASON), 400,
          "malformed-request");
      assertProblem(resolve(service, start, REASON.replace("{", "{\"amount\":19,")), 400, "malformed-request");
      assertProblem(resolve(service, start, decision.replace("{", "{\"amount\":\"20\",")), 400, "malformed-request");
      assertProblem(resolve(service, start, decision.replace("seen", "\\ud800")), 400, "malformed-request");
      assertProblem(resolve(service, start, " ".repeat(ResolutionController.BODY_BYTES_MAX + 1)), 413,
          "too-much-at-once");
      assertThat(resolve(service, start, decision + " ".repeat(ResolutionController.BODY_BYTES_MAX - decision.length()))
          .status()).isEqualTo(200);
    }
  }

  /** The limits of the texts, exact to the character. */
  private static void assertLimit(Service service, String key, String field, int max) {
    String longest = "{\"amount\":\"19\",\"reason\":\"r\"}"
        .replace("\"" + field + "\":\"" + field.charAt(0), "\"" + field + "\":\"" + "x".repeat(max));
    assertThat(resolve(service, key, longest).status()).isEqualTo(200);
    assertProblem(resolve(service, key, longest.replace("xx\"", "xxx\"")), 400, "malformed-request");
    assertProblem(resolve(service, key, longest.replace("x".repeat(max), " ")), 400, "malformed-request");
  }

  private static void assertProblem(Http.Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body().path("code").asString()).isEqualTo(code);
  }

  private static Http.Answer resolve(Service service, String key, String body) {
    String segment = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    return Http.post(service.url("/v1/discrepancies/" + segment + "/resolution"), body);
  }

  private static List<LedgerEvent.DiscrepancyFound> found(ChainEventProducer feed) {
    return feed.published().stream().filter(each -> each.event() instanceof LedgerEvent.DiscrepancyFound)
        .map(each -> (LedgerEvent.DiscrepancyFound) each.event()).toList();
  }

  private static List<AccountRecord> decisions(ChainEventProducer feed) {
    return feed.published().stream().filter(each -> each.event() instanceof LedgerEvent.DiscrepancyResolved
        || each.event() instanceof UsageEvent.DifferenceResolved).toList();
  }
}
