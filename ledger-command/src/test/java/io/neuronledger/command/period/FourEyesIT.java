package io.neuronledger.command.period;

import static io.neuronledger.command.fixture.Script.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What two persons decide, with tokens of an issuer and an API key. */
class FourEyesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LIMIT = "100";
  private static final String HASH = "5a".repeat(32);
  private static final String REASON = "{\"reason\":\"an invoice is missing\"}";

  private static TokenIssuer issuer;
  private static Service service;
  private static ChainEventProducer feed;
  private static ScriptedPartitions chain;
  private static String ann;
  private static String ben;
  private static String key;
  private static int settlements;

  @BeforeAll
  static void start() {
    Servers.freshTopics(1);
    issuer = TokenIssuer.start();
    service = Service.start(Servers.freshSchema(), 1, Stream.concat(issuer.settings().stream(),
        Stream.of("neuron-ledger.resolution.second-person-above=" + LIMIT)).toArray(String[]::new));
    feed = new ChainEventProducer(1);
    chain = new ScriptedPartitions(new Partitions(1));
    feed.publish(chain.seal().drain());
    await().atMost(PATIENCE).until(() -> feed.published().size() == 2);
    ann = issuer.token("ann@example.com", "finance:write", "admin");
    ben = issuer.token("ben@example.com", "finance:write");
    key = post("/v1/keys", ann, "{\"name\":\"a job\",\"scopes\":[\"finance:write\"],\"expires_at\":\"%s\"}".formatted(
        Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS))).body().path("secret").asString();
    await().atMost(PATIENCE).until(() -> post("/v1/periods/2026-01/revocation", key, REASON).status() != 401);
  }

  @AfterAll
  static void stop() {
    feed.close();
    service.close();
    issuer.close();
  }

  @Test
  void a_period_is_closed_and_reopened_by_two_persons() {
    String closing = "/v1/periods/2026-01/closing";
    String reopening = "/v1/periods/2026-01/reopening";

    assertProblem(post(closing, key, report(HASH, null)), 403, "person-required");
    assertProblem(post(closing, issuer.token("eve", "finance:read", "admin"), report(HASH, null)), 403,
        "insufficient-scope");
    assertProblem(post(closing + "/approval", ben, approval(HASH, 1)), 404, "proposal-not-found");
    assertProblem(post(closing + "/approval", ben, "{\"report\":\"" + HASH + "\"}"), 400, "malformed-request");
    assertProblem(post(closing + "/approval", ben, "{\"proposal\":1}"), 400, "malformed-request");
    assertProblem(post(reopening, ann, REASON), 409, "period-not-closed");

    Http.Answer proposed = post(closing, ann, report(HASH, null));
    assertThat(proposed.status()).as(proposed.body().toString()).isEqualTo(200);
    assertThat(proposed.body().path("state").asString()).isEqualTo("closing-proposed");
    assertThat(proposed.body().path("number").asLong()).isEqualTo(1);
    assertThat(post(closing, ann, report(HASH, null)).body()).as("repeated").isEqualTo(proposed.body());
    assertProblem(post(closing, ben, report("5b".repeat(32), null)), 409, "proposal-pending");
    assertProblem(post(closing + "/approval", ann, approval(HASH, 1)), 403, "second-person-required");
    assertProblem(post(closing + "/approval", key, approval(HASH, 1)), 403, "person-required");
    assertProblem(post(closing + "/approval", issuer.token("eve", "finance:read"), approval(HASH, 1)), 403,
        "insufficient-scope");
    assertProblem(post(closing + "/approval", ben, approval("5b".repeat(32), 1)), 404, "proposal-not-found");
    assertProblem(post("/v1/periods/2026-02/closing/approval", ben, approval(HASH, 1)), 404, "proposal-not-found");
    assertProblem(post(closing + "/approval", ben, approval(HASH, 2)), 404, "proposal-not-found");

    assertProblem(post("/v1/periods/2026-02/revocation", ann, REASON), 404, "proposal-not-found");
    assertThat(post("/v1/periods/2026-01/revocation", ann, REASON).body().path("state").asString()).isEqualTo("open");
    assertProblem(post(closing + "/approval", ben, approval(HASH, 1)), 404, "proposal-not-found");
    assertThat(post(closing, ben, report(HASH, null).replace("\"block\":9", "\"block\":8")).status()).isEqualTo(200);
    assertProblem(post(closing + "/approval", ann, approval(HASH, 1)), 404, "proposal-not-found");
    Http.Answer closed = post(closing + "/approval", ann, approval(HASH, 3));
    assertThat(closed.body().path("number").asLong()).isEqualTo(4);
    assertThat(closed.body().path("state").asString()).isEqualTo("closed");
    assertThat(closed.body().path("proposed_by").asString()).isEqualTo("ben@example.com");
    assertProblem(post(closing + "/approval", ann, approval(HASH, 4)), 404, "proposal-not-found");
    assertThat(post(closing + "/approval", ann, approval(HASH, 3)).body()).as("repeated").isEqualTo(closed.body());
    assertProblem(post(closing + "/approval", ben, approval(HASH, 3)), 404, "proposal-not-found");
    assertProblem(post(closing, ann, report(HASH, null)), 409, "period-closed");

    assertProblem(post("/v1/periods/2026-03/closing", ann, report("5c".repeat(32), HASH)), 409, "period-out-of-order");
    assertProblem(post("/v1/periods/2026-02/closing", ann, report("5c".repeat(32), null)), 409,
        "period-report-outdated");
    proposeUpToTheNewestEvent("/v1/periods/2026-02/closing", report("5c".repeat(32), HASH));
    assertThat(post("/v1/periods/2026-02/closing/approval", ben, approval("5c".repeat(32), 5)).status()).isEqualTo(200);
    assertProblem(post(reopening, ann, REASON), 409, "period-out-of-order");

    for (String month : List.of("2026-02", "2026-01")) {
      String of = month.equals("2026-01") ? HASH : "5c".repeat(32);
      String open = "/v1/periods/" + month + "/reopening";
      assertProblem(post(open, key, REASON), 403, "person-required");
      assertProblem(post(open, ann, "{\"reason\":\" \"}"), 400, "malformed-request");
      JsonNode proposal = post(open, ann, REASON).body();
      assertThat(proposal.path("state").asString()).isEqualTo("reopening-proposed");
      long number = proposal.path("number").asLong();
      String report = approval(of, number);
      assertProblem(post(open + "/approval", ben, approval(of, number - 1)), 404, "proposal-not-found");
      assertProblem(post(open + "/approval", ann, report), 403, "second-person-required");
      assertProblem(post(open + "/approval", key, report), 403, "person-required");
      assertProblem(post(open + "/approval", ben, approval("5d".repeat(32), number)), 404, "proposal-not-found");
      JsonNode reopened = post(open + "/approval", ben, report).body();
      assertThat(reopened.path("state").asString()).isEqualTo("reopened");
      assertThat(post(open + "/approval", ben, report).body()).as("repeated").isEqualTo(reopened);
      assertProblem(post(open + "/approval", ann, report), 404, "proposal-not-found");
      assertProblem(post(open + "/approval", ben, approval(of, number + 1)), 404, "proposal-not-found");
    }

    await().atMost(PATIENCE).until(() -> decisions(AccountEvent.PeriodEvent.class).size() >= 10);
    List<AccountRecord> decisions = decisions(AccountEvent.PeriodEvent.class);
    assertThat(decisions).extracting(each -> each.event().getClass().getSimpleName()).containsExactly(
        "PeriodClosingProposed", "PeriodProposalRevoked", "PeriodClosingProposed", "PeriodClosed",
        "PeriodClosingProposed", "PeriodClosed", "PeriodReopeningProposed", "PeriodReopened",
        "PeriodReopeningProposed", "PeriodReopened");
  }

  /** It may include all events, and no more: the proposal itself is the next one. */
  private static void proposeUpToTheNewestEvent(String closing, String report) {
    int positions = feed.published().size() + 100;
    Http.Answer answer = post(closing, ann, report.replace("[2]", "[" + positions + "]"));
    while (answer.body().path("code").asString("").equals("period-report-unknown")) {
      positions--;
      answer = post(closing, ann, report.replace("[2]", "[" + positions + "]"));
    }
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    int known = positions;
    await().atMost(PATIENCE).until(() -> feed.published().size() == known + 1);
  }

  @Test
  void a_report_is_held_to_what_the_ledger_has() {
    String closing = "/v1/periods/2025-12/closing";
    assertProblem(post(closing, ann, report(HASH, null).replace("[2]", "[3000]")), 409, "period-report-unknown");
    assertProblem(post(closing, ann, report(HASH, null).replace("[2]", "[2,2]")), 409, "period-report-unknown");
    assertProblem(post(closing, ann, report(HASH, null).replace("2026-04-01T00:00:00Z", "2025-12-31T23:59:59Z")), 409,
        "period-not-over");
    assertProblem(post("/v1/periods/9999-12/closing", ann, report(HASH, null)), 409, "period-not-over");
    assertProblem(post("/v1/periods/9998-12/closing", ann, report(HASH, null)
        .replace("2026-04-01T00:00:00Z", "9999-01-01T00:00:00Z")), 409, "period-not-over");
    for (String bad : List.of("2026-13", "2026-1", "x", "1969-12", "12026-01")) {
      assertProblem(post("/v1/periods/" + bad + "/closing", ann, report(HASH, null)), 400, "bad-parameter");
    }
    for (String bad : List.of("[]", "{}", "{\"report\":1}", report(HASH, null).replace("[2]", "[-1]"),
        report(HASH, null).replace("[2]", "[\"2\"]"), report(HASH, null).replace("true", "1"),
        report("5A".repeat(32), null), report(HASH, null).replace("\"block\":9", "\"block\":9.5"),
        report(HASH, null).replace("\"block\":9", "\"more\":1,\"block\":9"))) {
      assertProblem(post(closing, ann, bad), 400, "malformed-request");
    }
    assertProblem(post(closing, ann, " ".repeat(PeriodController.BODY_BYTES_MAX + 1)), 413, "too-much-at-once");
  }

  @Test
  void one_of_two_decisions_at_the_same_time_gets_a_conflict() throws Exception {
    Set<Integer> statuses = new TreeSet<>();
    try (ExecutorService people = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 20; round++) {
        String path = difference() + "/resolution";
        List<Future<Integer>> all = Stream.of(ann, ben, ann, ben).map(token -> people.submit(() -> post(path, token,
            "{\"amount\":\"101\",\"reason\":\"" + token.hashCode() + "\"}").status())).toList();
        for (Future<Integer> each : all) {
          statuses.add(each.get());
        }
      }
    }
    assertThat(statuses).isSubsetOf(200, 409);
  }

  @Test
  void a_large_difference_is_resolved_by_two_persons() {
    String path = difference() + "/resolution";
    String large = "{\"amount\":\"101\",\"reason\":\"agreed\"}";
    String approval = "{\"amount\":\"101\",\"proposal\":1}";

    Http.Answer small = post(difference() + "/resolution", key, large.replace("101", LIMIT));
    assertThat(small.body().path("state").asString()).as("at the limit, by a key").isEqualTo("resolved");
    String one = difference() + "/resolution";
    assertThat(post(one, ben, large.replace("101", LIMIT)).status()).isEqualTo(200);
    assertProblem(post(one + "/approval", ben, "{\"amount\":\"" + LIMIT + "\",\"proposal\":0}"), 404,
        "proposal-not-found");

    assertProblem(post(path, key, large), 403, "person-required");
    assertProblem(post(path + "/approval", ben, approval), 404, "proposal-not-found");
    assertThat(post(path, ann, large).body().path("state").asString()).isEqualTo("proposed");
    assertProblem(post(path + "/approval", ann, approval), 403, "second-person-required");
    assertProblem(post(path + "/approval", key, approval), 403, "person-required");
    assertProblem(post(path + "/approval", issuer.token("eve", "admin"), approval), 403, "insufficient-scope");
    assertProblem(post(path + "/approval", ben, approval.replace("101", "102")), 404, "proposal-not-found");
    assertProblem(post(path + "/approval", ben, REASON), 400, "malformed-request");
    assertProblem(post("/v1/discrepancies/x/resolution/approval", ben, approval), 404, "discrepancy-not-found");

    assertProblem(post(path + "/revocation", key, REASON), 403, "person-required");
    assertThat(post(path + "/revocation", ben, REASON).body().path("state").asString()).isEqualTo("revoked");
    assertProblem(post(path + "/approval", ben, approval), 404, "proposal-not-found");
    assertProblem(post(path + "/revocation", ann, REASON), 404, "decision-not-found");

    JsonNode proposed = post(path, ann, large.replace("agreed", "agreed otherwise")).body();
    assertThat(proposed.path("number").asLong()).isEqualTo(3);
    assertProblem(post(path + "/approval", ben, approval), 404, "proposal-not-found");
    approval = "{\"amount\":\"101\",\"proposal\":3}";
    Http.Answer approved = post(path + "/approval", ben, approval);
    assertThat(approved.body().path("number").asLong()).isEqualTo(4);
    assertThat(approved.body().path("state").asString()).isEqualTo("resolved");
    assertThat(approved.body().path("by").asString()).isEqualTo("ben@example.com");
    assertThat(approved.body().path("reason").asString()).isEqualTo("agreed otherwise");
    assertThat(post(path + "/approval", ben, approval).body()).as("repeated").isEqualTo(approved.body());
    assertProblem(post(path + "/approval", ann, approval), 404, "proposal-not-found");
    assertThat(post(path + "/revocation", ann, REASON).body().path("state").asString()).isEqualTo("revoked");
    assertThat(decisions(UsageEvent.DifferenceDecision.class)).isNotEmpty();
  }

  @Test
  void what_two_persons_decide_is_replaced_by_no_key_and_no_other_proposal() {
    String path = difference() + "/resolution";
    String large = "{\"amount\":\"101\",\"reason\":\"agreed\"}";
    String small = large.replace("101", "1");
    assertThat(post(path, key, small).status()).as("over nothing").isEqualTo(200);
    assertThat(post(path, key, large.replace("101", LIMIT)).status()).as("over one person's").isEqualTo(200);

    assertThat(post(path, ann, large).body().path("state").asString()).isEqualTo("proposed");
    assertProblem(post(path, key, small), 403, "person-required");
    assertProblem(post(path, ben, small), 409, "proposal-pending");
    assertProblem(post(path, ben, large), 409, "proposal-pending");
    assertProblem(post(path, ann, large.replace("101", "102")), 409, "proposal-pending");
    assertThat(post(path, ann, large).body().path("state").asString()).as("repeated").isEqualTo("proposed");

    String approval = "{\"amount\":\"101\",\"proposal\":3}";
    assertThat(post(path + "/approval", ben, approval).body().path("state").asString()).isEqualTo("resolved");
    assertProblem(post(path, key, small), 403, "person-required");
    assertProblem(post(path, key, large.replace("101", LIMIT)), 403, "person-required");
    assertThat(post(path + "/approval", ben, approval).status()).as("still the last decision").isEqualTo(200);
    assertThat(post(path, ann, small).body().path("state").asString()).as("as a person can revoke it")
        .isEqualTo("resolved");
    assertThat(post(path, key, small).status()).as("over one person's again").isEqualTo(200);
  }

  @Test
  void the_resolution_of_a_broken_rule_is_revoked_by_one_person() {
    feed.publish(chain.fact(settle(Wallets.ALICE, "1", "1")).seal().drain());
    await().atMost(PATIENCE).until(() -> feed.published().stream()
        .anyMatch(each -> each.event() instanceof LedgerEvent.DiscrepancyFound));
    String breach = feed.published().stream().map(AccountRecord::event)
        .filter(LedgerEvent.DiscrepancyFound.class::isInstance)
        .map(LedgerEvent.DiscrepancyFound.class::cast).findFirst().orElseThrow().key();
    String path = "/v1/discrepancies/" + URLEncoder.encode(breach, StandardCharsets.UTF_8) + "/resolution";
    assertProblem(post(path + "/revocation", ben, REASON), 404, "decision-not-found");
    assertThat(post(path, key, REASON).body().path("state").asString()).isEqualTo("resolved");

    assertProblem(post(path + "/revocation", key, REASON), 403, "person-required");
    assertProblem(post(path + "/revocation", issuer.token("eve", "admin"), REASON), 403, "insufficient-scope");
    assertProblem(post(path + "/revocation", ben, "{\"reason\":\" \"}"), 400, "malformed-request");
    Http.Answer revoked = post(path + "/revocation", ben, REASON);
    assertThat(revoked.body().path("state").asString()).isEqualTo("revoked");
    assertThat(revoked.body().path("number").asLong()).isEqualTo(2);
    assertThat(post(path + "/revocation", ben, REASON).body()).as("repeated").isEqualTo(revoked.body());
    assertProblem(post(path + "/revocation", ann, REASON), 404, "decision-not-found");
    assertThat(post(path, ann, REASON).body().path("state").asString()).as("decided again").isEqualTo("resolved");
    await().atMost(PATIENCE).until(() -> decisions(LedgerEvent.BreachDecision.class).size() == 3);
    assertThat(decisions(LedgerEvent.BreachDecision.class))
        .extracting(each -> each.event().getClass().getSimpleName())
        .containsExactly("DiscrepancyResolved", "DiscrepancyResolutionRevoked", "DiscrepancyResolved");
  }

  /** It is decided about the period. */
  @Test
  void a_report_that_differs_is_not_resolved() {
    String path = "/v1/discrepancies/period-report-differs%3A2026-01%3A" + HASH + "/resolution";
    assertProblem(post(path, ann, REASON), 400, "decision-does-not-fit");
    assertProblem(post(path + "/approval", ann, "{\"amount\":\"101\",\"proposal\":1}"), 400,
        "decision-does-not-fit");
    assertProblem(post(path + "/revocation", ann, REASON), 400, "decision-does-not-fit");
  }

  private static String approval(String hash, long proposal) {
    return "{\"report\":\"" + hash + "\",\"proposal\":" + proposal + "}";
  }

  private static String difference() {
    return "/v1/discrepancies/" + URLEncoder.encode("settlement-boundary:7-0-" + settlements++ + "-0:"
        + new SubAccountId(Wallets.ALICE, Wallets.PROVIDER, Wallets.INFERENCE), StandardCharsets.UTF_8);
  }

  private static String report(String hash, @Nullable String previous) {
    return "{\"report\":{\"hash\":\"" + hash + "\"," + (previous == null ? "" : "\"previous\":\"" + previous + "\",")
        + "\"block\":9,\"block_hash\":\"0x" + "b7".repeat(32) + "\",\"block_time\":\"2026-04-01T00:00:00Z\","
        + "\"finalized\":true,\"positions\":[2]}}";
  }

  private static List<AccountRecord> decisions(Class<?> type) {
    return feed.published().stream().filter(each -> type.isInstance(each.event())).toList();
  }

  private static Http.Answer post(String path, String token, String json) {
    return Http.send(HttpRequest.newBuilder(URI.create(service.url(path))).header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private static void assertProblem(Http.Answer answer, int status, String code) {
    assertThat(answer.body().path("code").asString()).as(answer.body().toString()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }
}
