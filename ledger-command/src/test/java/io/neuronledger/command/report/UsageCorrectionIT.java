package io.neuronledger.command.report;

import static io.neuronledger.command.fixture.Reports.json;
import static io.neuronledger.command.fixture.Reports.report;
import static io.neuronledger.command.fixture.Reports.withFee;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.admin.StoreIntegrity;
import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.operation.IntegrityView.Fault;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Corrections over HTTP, up to their events. Every test has request ids of its own. */
class UsageCorrectionIT {
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DATABASE = Servers.freshSchema();
  /** Of the other partition than Alice. */
  private static final WalletAddress CAROL = Wallets.inPartition(PARTITIONS, 1 - PARTITIONS.of(Wallets.ALICE), 0);

  private static ChainEventProducer feed;
  private static Service service;

  @BeforeAll
  static void start() {
    Servers.freshTopics(PARTITIONS.count());
    feed = new ChainEventProducer(PARTITIONS.count());
    service = Service.start(DATABASE, PARTITIONS.count());
    feed.publish(new ScriptedPartitions(PARTITIONS).seal().drain());
    for (WalletAddress owner : List.of(Wallets.ALICE, CAROL)) {
      await().atMost(PATIENCE).until(() -> Http.post(service.url("/v1/usage"), json(of(owner, "early-" + owner, 1)))
          .status() != 503);
    }
  }

  @AfterAll
  static void stop() {
    service.close();
    feed.close();
  }

  private static UsageReport of(WalletAddress owner, String id, long images) {
    return report(id, new SubAccountId(owner, Wallets.PROVIDER, Wallets.INFERENCE), images, UsageSource.DIRECT);
  }

  private static void accept(UsageReport report) {
    assertThat(Http.post(service.url("/v1/usage"), json(report)).status()).isEqualTo(201);
  }

  private static String correction(UsageReport wrong, Optional<UsageReport> right, String reason) {
    return "{\"report\":" + json(wrong) + right.map(each -> ",\"replacement\":" + json(each)).orElse("")
        + ",\"reason\":\"" + reason + "\"}";
  }

  private static Http.Answer post(String body) {
    return Http.post(service.url("/v1/usage/corrections"), body);
  }

  private static void assertRefused(Http.Answer answer, int status, String code) {
    assertThat(answer.body().path("code").asString()).as(answer.body().toString()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }

  private static List<UsageEvent.Metered> events(WalletAddress owner) {
    List<UsageEvent.Metered> events = new ArrayList<>();
    for (AccountRecord each : feed.published()) {
      if (each.event() instanceof UsageEvent.Metered metered && metered.owner().equals(owner)) {
        events.add(metered);
      }
    }
    return events;
  }

  private static List<UsageEvent.UsageReversed> reversals(WalletAddress owner, String request) {
    return events(owner).stream().filter(UsageEvent.UsageReversed.class::isInstance)
        .map(UsageEvent.UsageReversed.class::cast)
        .filter(each -> each.line().requestId().value().equals(request)).toList();
  }

  @Test
  void a_report_is_taken_back_once_and_the_same_again_is_the_same_answer() {
    accept(report("back", 7));
    String body = correction(report("back", 7), Optional.empty(), "served twice");

    Http.Answer first = post(body);
    Http.Answer again = post(body);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().path("request_id").asString()).isEqualTo("back");
    assertThat(first.body().path("by").asString()).isEqualTo("local");
    assertThat(first.body().has("replaced_by")).isFalse();
    assertThat(again.status()).isEqualTo(200);
    for (String field : List.of("request_id", "owner", "provider", "service", "reason", "by", "at")) {
      assertThat(again.body().path(field)).isEqualTo(first.body().path(field));
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(reversals(Wallets.ALICE, "back")).hasSize(1));
    UsageEvent.UsageReversed stored = reversals(Wallets.ALICE, "back").getFirst();
    assertThat(stored.line()).isEqualTo(report("back", 7).line());
    assertRefused(post(correction(report("back", 7), Optional.empty(), "another reason")), 409,
        "report-already-corrected");
    assertThat(Http.post(service.url("/v1/usage"), json(report("back", 7))).body().path("outcome").asString())
        .as("its id is never accepted again").isEqualTo("repeated");
  }

  /** By two callers who know nothing of each other: one event, one replacement, and the same answer to both. */
  @Test
  void the_same_correction_at_the_same_time_is_accepted_once() throws Exception {
    for (int round = 0; round < 5; round++) {
      String wrong = "twice-" + round;
      accept(report(wrong, 7));
      String body = correction(report(wrong, 7), Optional.of(report(wrong + "-right", 6)), "wrong count");
      List<Http.Answer> answers;
      try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Http.Answer> call = () -> {
          together.await();
          return post(body);
        };
        answers = callers.invokeAll(List.of(call, call)).stream().map(Future::resultNow).toList();
      }
      assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200));
      for (String field : List.of("request_id", "owner", "replaced_by", "reason", "by", "at")) {
        assertThat(answers.getLast().body().path(field)).isEqualTo(answers.getFirst().body().path(field));
      }
      await().atMost(PATIENCE).until(() -> !reversals(Wallets.ALICE, wrong).isEmpty());
      assertThat(reversals(Wallets.ALICE, wrong)).hasSize(1);
      assertThat(events(Wallets.ALICE)).filteredOn(UsageEvent.UsageRecorded.class::isInstance)
          .flatExtracting(each -> ((UsageEvent.UsageRecorded) each).lines())
          .filteredOn(line -> line.requestId().value().equals(wrong + "-right")).hasSize(1);
    }
  }

  @Test
  void the_totals_follow() {
    accept(of(CAROL, "sum-1", 11));
    accept(of(CAROL, "sum-2", 5));
    assertThat(post(correction(of(CAROL, "sum-1", 11), Optional.of(of(CAROL, "sum-3", 2)), "wrong")).status())
        .isEqualTo(200);
    await().atMost(PATIENCE).until(() -> !reversals(CAROL, "sum-1").isEmpty()
        && events(CAROL).getLast() instanceof UsageEvent.UsageRecorded);
    BigInteger total = BigInteger.ZERO;
    for (UsageEvent.Metered each : events(CAROL)) {
      total = switch (each) {
        case UsageEvent.UsageRecorded recorded -> recorded.lines().stream().map(line -> line.fee().value())
            .reduce(total, BigInteger::add);
        case UsageEvent.UsageReversed reversed -> total.subtract(reversed.line().fee().value());
      };
      assertThat(each.direct().fees().value().add(each.router().fees().value())).isEqualTo(total);
    }
  }

  /** The usual mistake: the wrong wallet. Both partitions are written, and the token names both. */
  @Test
  void a_replacement_may_be_of_another_owner_and_is_corrected_by_naming_it() {
    accept(report("moved", 3));
    Http.Answer answer = post(correction(report("moved", 3), Optional.of(of(CAROL, "moved-2", 4)), "wrong wallet"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("replaced_by").asString()).isEqualTo("moved-2");
    assertThat(WriteToken.parse(answer.body().path("token").asString()).next()).containsOnlyKeys(0, 1);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(CAROL))
        .anyMatch(each -> each instanceof UsageEvent.UsageRecorded recorded
            && recorded.lines().equals(List.of(of(CAROL, "moved-2", 4).line(Optional.of(new RequestId("moved")))))));
    Http.Answer old = post(correction(report("moved", 3), Optional.of(of(CAROL, "moved-3", 5)), "wrong wallet"));
    assertRefused(old, 409, "report-already-corrected");
    assertThat(old.body().path("detail").asString()).contains("was replaced by moved-2");
    assertThat(post(correction(of(CAROL, "moved-2", 4), Optional.of(of(CAROL, "moved-3", 5)), "count")).status())
        .isEqualTo(200);
  }

  @Test
  void what_was_not_accepted_as_it_is_named_is_not_taken_back() {
    accept(report("exact", 3));
    assertRefused(post(correction(report("never", 3), Optional.empty(), "x")), 404, "report-not-found");
    assertRefused(post(correction(report("exact", 4), Optional.empty(), "x")), 409, "report-differs");
    assertRefused(post(correction(of(CAROL, "exact", 3), Optional.empty(), "x")), 409, "report-differs");
    accept(report("taken", 1));
    assertRefused(post(correction(report("exact", 3), Optional.of(report("taken", 1)), "x")), 409,
        "request-already-reported");
    Http.Answer fee = post(correction(report("exact", 3), Optional.of(withFee(report("exact-2", 3), "4")), "x"));
    assertRefused(fee, 422, "fee-mismatch");
    assertThat(fee.body().path("expected_fee").asString()).isEqualTo("3");
    assertThat(post(correction(report("exact", 3), Optional.of(report("exact-2", 3)), "x")).status())
        .as("nothing was recorded before").isEqualTo(200);
  }

  @Test
  void an_odd_body_is_refused_with_its_field() {
    accept(report("odd", 1));
    String right = correction(report("odd", 1), Optional.empty(), "x");
    for (String body : List.of("[]", "7", "{}", right.replace("\"report\"", "\"Report\""),
        right.replace("{\"report\"", "{\"by\":\"ceo\",\"report\""), right.replace("\"x\"", "\"\""),
        right.replace("\"x\"", "\" \""), right.replace("\"x\"", "7"), right.replace("\"x\"", "\"\\ud800\""),
        right.replace("\"x\"", "\"\\u0000\""), right.replace("\"x\"", "\"" + "x".repeat(2_001) + "\""),
        right.replace("\"odd\"", "\"\""), right.replace("{\"report\"", "{\"replacement\":7,\"report\""),
        correction(report("odd", 1), Optional.of(report("odd", 2)), "x"),
        correction(report("odd", 1), Optional.of(report("odd-2",
            new SubAccountId(Wallets.ALICE, Wallets.OTHER_PROVIDER, Wallets.INFERENCE), 1, UsageSource.DIRECT)),
            "x"))) {
      assertRefused(post(body), 400, "malformed-request");
    }
    assertRefused(post(right.replace("\"x\"", "\"" + "x".repeat(CorrectionController.BODY_BYTES_MAX) + "\"")), 413,
        "too-much-at-once");
    assertThat(post(right.replace("\"x\"", "\"" + "x".repeat(2_000) + "\"")).status()).isEqualTo(200);
  }

  @Test
  void of_many_different_corrections_at_once_one_is_recorded() throws Exception {
    accept(report("race", 9));
    List<Future<Http.Answer>> answers = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 16; i++) {
        String body = correction(report("race", 9), Optional.of(report("race-" + i, i + 1)), "r");
        answers.add(writers.submit(() -> post(body)));
      }
      int recorded = 0;
      for (Future<Http.Answer> each : answers) {
        assertThat(each.get().status()).isIn(200, 409);
        recorded += each.get().status() == 200 ? 1 : 0;
      }
      assertThat(recorded).isEqualTo(1);
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(reversals(Wallets.ALICE, "race")).hasSize(1));
  }

  @Test
  void a_row_without_its_event_is_found() {
    accept(report("row", 1));
    assertThat(post(correction(report("row", 1), Optional.empty(), "x")).status()).isEqualTo(200);
    StoreIntegrity integrity = service.bean(StoreIntegrity.class);
    assertThat(integrity.check().faults()).isEmpty();
    assertThat(integrity.check().checked().get("reversed-request")).isPositive();
    var administrator = Servers.administrator(DATABASE);
    administrator.sql("INSERT INTO reversed_request SELECT request, 5 FROM accepted_request WHERE request NOT IN"
        + " (SELECT request FROM reversed_request) LIMIT 1").update();
    assertThat(integrity.check().faults()).extracting(Fault::rule).containsExactly("reversed-request");
    administrator.sql("ALTER TABLE reversed_request DISABLE TRIGGER reversed_request_only_adds").update();
    administrator.sql("DELETE FROM reversed_request WHERE request NOT IN (SELECT request FROM reversed_request WHERE"
        + " sequence <> 5)").update();
    administrator.sql("ALTER TABLE reversed_request ENABLE TRIGGER reversed_request_only_adds").update();
  }

  /** Of single reports, batches and repeats alike. */
  @Test
  void a_report_answers_a_token() {
    Http.Answer one = Http.post(service.url("/v1/usage"), json(report("token", 1)));
    Http.Answer again = Http.post(service.url("/v1/usage"), json(report("token", 1)));
    Http.Answer batch = Http.post(service.url("/v1/usage/batch"), "[" + json(report("token", 1)) + ","
        + json(of(CAROL, "token-2", 1)) + ",{}]");
    Http.Answer refused = Http.post(service.url("/v1/usage/batch"), "[{}]");
    assertThat(token(one).next()).containsOnlyKeys(PARTITIONS.of(Wallets.ALICE));
    assertThat(token(again).next().firstEntry().getValue())
        .isGreaterThanOrEqualTo(token(one).next().firstEntry().getValue());
    assertThat(token(batch).next()).containsOnlyKeys(0, 1);
    assertThat(batch.body().at("/receipts/0").has("token")).isFalse();
    assertThat(refused.body().has("token")).isFalse();
    await().atMost(PATIENCE).until(() -> feed.published().stream().filter(each ->
        each.partition() == PARTITIONS.of(Wallets.ALICE)).mapToLong(AccountRecord::seq).max().orElse(-1) + 1
            >= token(one).next().firstEntry().getValue());
  }

  private static WriteToken token(Http.Answer answer) {
    JsonNode token = answer.body().path("token");
    return WriteToken.parse(token.asString());
  }
}
