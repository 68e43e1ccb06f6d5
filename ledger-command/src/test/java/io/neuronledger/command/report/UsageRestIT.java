package io.neuronledger.command.report;

import static io.neuronledger.command.fixture.Reports.full;
import static io.neuronledger.command.fixture.Reports.json;
import static io.neuronledger.command.fixture.Reports.report;
import static io.neuronledger.command.fixture.Reports.withFee;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reports over HTTP, up to their events in the owner's partition. Every test has request ids of its own. */
class UsageRestIT {
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String DATABASE = Servers.freshSchema();
  private static final ScriptedPartitions CHAIN = new ScriptedPartitions(PARTITIONS);
  private static ChainEventProducer feed;
  private static Service service;

  @BeforeAll
  static void start() {
    Servers.freshTopics(PARTITIONS.count());
    feed = new ChainEventProducer(PARTITIONS.count());
    service = Service.start(DATABASE, PARTITIONS.count());
    Http.Answer tooEarly = Http.post(service.url("/v1/usage"), json(report("early", 1)));
    assertThat(tooEarly.status()).isEqualTo(503);
    assertThat(tooEarly.body().path("code").asString()).isEqualTo("nothing-followed");
    feed.publish(CHAIN.seal().drain());
    await().atMost(PATIENCE).until(() ->
        Http.post(service.url("/v1/usage"), json(report("early", 1))).status() != 503);
  }

  @AfterAll
  static void stop() {
    service.close();
    feed.close();
  }

  @Test
  void a_report_is_recorded_once_and_a_repeat_is_acknowledged_as_such() {
    UsageReport report = full("once");

    Http.Answer first = post(json(report));
    Http.Answer again = post(json(report));

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.body().path("outcome").asString()).isEqualTo("recorded");
    assertThat(first.body().path("request_id").asString()).isEqualTo("once");
    assertThat(first.body().has("problem")).isFalse();
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("outcome").asString()).isEqualTo("repeated");
    awaitLines("once", 1);
    AccountRecord stored = recordOf("once");
    assertThat(stored.partition()).isEqualTo(PARTITIONS.of(ALICE));
    assertThat(stored.stream())
        .isEqualTo("usage-meter:" + ALICE + ":" + Wallets.PROVIDER + ":" + Wallets.INFERENCE);
    assertThat(((UsageEvent.UsageRecorded) stored.event()).lines()).contains(report.line());
  }

  @Test
  void the_same_id_with_different_content_is_a_conflict() {
    post(json(report("conflict", 5)));

    Http.Answer other = post(json(report("conflict", 6)));

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.contentType()).startsWith("application/problem+json");
    assertThat(other.body().path("code").asString()).isEqualTo("request-already-reported");
  }

  @Test
  void a_wrong_fee_is_refused_with_the_expected_number() {
    Http.Answer answer = post(json(withFee(full("wrong-fee"), "134401")));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().path("code").asString()).isEqualTo("fee-mismatch");
    assertThat(answer.body().path("expected_fee").asString()).isEqualTo("134400");
    assertThat(post(json(full("wrong-fee"))).status()).isEqualTo(201);
  }

  @Test
  void priced_lines_sum_to_the_fee_and_a_charge_without_prices_counts_as_charged() {
    UsageReport lines = Reports.withUnits(report("lines", 5), Reports.priced());
    UsageReport charge = Reports.withUnits(withFee(report("charge", 5), "7"), Reports.unpriced());

    Http.Answer wrong = post(json(withFee(lines, "2301")));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().path("expected_fee").asString()).isEqualTo("2300");
    Http.Answer malformed = post(json(lines).replace("\"price\":\"500\"", "\"price\":500"));
    assertThat(malformed.status()).isEqualTo(400);
    assertThat(malformed.body().path("detail").asString()).contains("units.lines[1].price must be a string");
    assertThat(post(json(lines)).status()).isEqualTo(201);
    assertThat(post(json(lines)).status()).isEqualTo(200);
    assertThat(post(json(charge)).status()).isEqualTo(201);
    assertThat(post(json(withFee(charge, "8"))).status()).isEqualTo(409);

    awaitLines("lines", 1);
    awaitLines("charge", 1);
    assertThat(((UsageEvent.UsageRecorded) recordOf("lines").event()).lines()).contains(lines.line());
    assertThat(((UsageEvent.UsageRecorded) recordOf("charge").event()).lines()).contains(charge.line());
  }

  @Test
  void a_batch_has_a_receipt_for_each_report() {
    post(json(report("batch-old", 5)));

    Http.Answer answer = post("[" + String.join(",", json(report("batch-new", 5)), json(report("batch-old", 5)),
        json(report("batch-old", 7)), "{\"request_id\":\"batch-bad\"}", "7", json(withFee(report("batch-fee", 5), "4")),
        json(report("batch-new", 5))) + "]");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("recorded").asInt()).isEqualTo(1);
    assertThat(answer.body().path("repeated").asInt()).isEqualTo(2);
    assertThat(answer.body().path("refused").asInt()).isEqualTo(4);
    List<JsonNode> receipts = new ArrayList<>(answer.body().path("receipts").values());
    assertThat(receipts).extracting(each -> each.path("outcome").asString()).containsExactly("recorded", "repeated",
        "refused", "refused", "refused", "refused", "repeated");
    assertThat(receipts).extracting(each -> each.path("problem").path("status").asInt(0))
        .containsExactly(0, 0, 409, 400, 400, 422, 0);
    assertThat(receipts.get(3).path("request_id").asString()).isEqualTo("batch-bad");
    assertThat(receipts.get(3).path("problem").path("detail").asString()).contains("owner is missing");
    awaitLines("batch-new", 1);
  }

  /** Two instances, many threads and one meter: each thread reports every request. */
  @Test
  void concurrent_writers_record_each_request_once() throws Exception {
    try (Service second = Service.start(DATABASE, PARTITIONS.count());
        ExecutorService writers = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> recorded = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        String url = (writer % 2 == 0 ? service : second).url("/v1/usage/batch");
        int start = writer;
        recorded.add(writers.submit(() -> IntStream.range(0, 10).map(round -> recordedOf(Http.post(url, "[" + IntStream
            .range(0, 20).mapToObj(i -> json(report("race-" + ((start + round) % 10) + "-" + i, 3)))
            .collect(Collectors.joining(",")) + "]"))).sum()));
      }
      int sum = 0;
      for (Future<Integer> each : recorded) {
        sum += each.get();
      }
      assertThat(sum).isEqualTo(200);
    }
    assertThat(post(json(report("after-the-race",
        1))).status()).as("the other instance has changed the meter").isEqualTo(201);
    awaitLines("race-", 200);
    assertTotalsFollow();
  }

  /** Concurrent writers to the same meter cause no failure. */
  private static int recordedOf(Http.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().path("recorded").asInt();
  }

  /** The events alone explain every total: each is the one before plus the event's lines. */
  private static void assertTotalsFollow() {
    NeuronSum total = NeuronSum.ZERO;
    long sequence = 0;
    for (AccountRecord each : usage()) {
      UsageEvent.UsageRecorded event = (UsageEvent.UsageRecorded) each.event();
      assertThat(each.sequence()).isEqualTo(sequence++);
      for (UsageLine line : event.lines()) {
        total = total.plus(line.fee());
      }
      assertThat(event.direct().fees().plus(event.router().fees())).isEqualTo(total);
    }
  }

  private static Http.Answer post(String body) {
    return Http.post(service.url(body.startsWith("[") ? "/v1/usage/batch" : "/v1/usage"), body);
  }

  private static void awaitLines(String prefix, int count) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(usage().stream()
        .flatMap(each -> ((UsageEvent.UsageRecorded) each.event()).lines().stream())
        .filter(line -> line.requestId().value().startsWith(prefix))).hasSize(count));
  }

  private static AccountRecord recordOf(String id) {
    return usage().stream().filter(each -> ((UsageEvent.UsageRecorded) each.event()).lines().stream()
        .anyMatch(line -> line.requestId().value().equals(id))).findFirst().orElseThrow();
  }

  private static List<AccountRecord> usage() {
    return feed.published().stream().filter(each -> each.event() instanceof UsageEvent.UsageRecorded).toList();
  }
}
