package io.neuronledger.command.report;

import static io.neuronledger.command.fixture.Reports.json;
import static io.neuronledger.command.fixture.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.testkit.servers.OddRequests;
import io.neuronledger.testkit.servers.RawHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests at and beyond their limits: those beyond are refused whole, before anything is recorded. */
class UsageRequestIT {
  private static Service service;

  @BeforeAll
  static void start() {
    Servers.freshTopics(1);
    service = Service.start(Servers.freshSchema(), 1);
    try (ChainEventProducer feed = new ChainEventProducer(1)) {
      feed.publish(new ScriptedPartitions(new Partitions(1)).seal().drain());
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> post(json(report("early", 1))).status() != 503);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Http.Answer post(String body) {
    return Http.post(service.url(body.startsWith("[") ? "/v1/usage/batch" : "/v1/usage"), body);
  }

  @Test
  void a_batch_has_at_most_a_thousand_reports() {
    List<String> reports = IntStream.rangeClosed(1, 1_001).mapToObj(i -> json(report("thousand-" + i, 1))).toList();

    Http.Answer tooMany = post("[" + String.join(",", reports) + "]");
    Http.Answer thousand = post("[" + String.join(",", reports.subList(0, 1_000)) + "]");

    assertThat(tooMany.status()).isEqualTo(413);
    assertThat(tooMany.body().path("code").asString()).isEqualTo("too-much-at-once");
    assertThat(thousand.body().path("recorded").asInt()).isEqualTo(1_000);
  }

  @Test
  void a_body_has_a_maximum_size() {
    String report = json(report("long-body", 1));
    String longest = report + " ".repeat(UsageController.BODY_BYTES_MAX - report.length());
    Http.Answer tooLong = post(longest + " ");
    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLong.body().path("code").asString()).isEqualTo("too-much-at-once");
    assertThat(post(longest).status()).isEqualTo(201);
  }

  @Test
  void a_body_that_is_not_json_is_refused() {
    assertThat(post("{").status()).isEqualTo(400);
    assertThat(post("{").body().path("code").asString()).isEqualTo("malformed-request");
    assertThat(post("[]").status()).isEqualTo(400);
    assertThat(post("[]").body().path("detail").asString()).isEqualTo("a batch has at least one report");
    assertThat(post("[" + json(report("batch-of-one", 1)) + "]").body().path("recorded").asInt()).isEqualTo(1);
    assertThat(Http.post(service.url("/v1/usage"), "[]").body().path("detail").asString())
        .isEqualTo("a report is an object; several go to /v1/usage/batch");
    assertThat(Http.post(service.url("/v1/usage/batch"), json(report("no-array", 1))).body().path("detail").asString())
        .isEqualTo("a batch is an array of reports; one report goes to /v1/usage");
    Http.Answer form = Http.send(HttpRequest.newBuilder(URI.create(service.url("/v1/usage")))
        .header("Content-Type", "text/plain").POST(HttpRequest.BodyPublishers.ofString("x")));
    assertThat(form.status()).isEqualTo(415);
    assertThat(form.body().path("code").asString()).isEqualTo("unsupported-media-type");
    Http.Answer get = Http.send(HttpRequest.newBuilder(URI.create(service.url("/v1/usage"))).GET());
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.body().path("code").asString()).isEqualTo("method-not-allowed");
  }

  /** JSON deeper or wider than any batch is refused while it is read, before it takes memory. */
  @Test
  void a_body_with_too_many_tokens_is_not_read_to_its_end() {
    Http.Answer wide = post("[" + "{},".repeat(60_000) + "{}]");
    assertThat(wide.status()).isEqualTo(413);
    assertThat(wide.body().path("code").asString()).isEqualTo("too-much-at-once");
    assertThat(post("[".repeat(2_000) + "]".repeat(2_000)).status()).isEqualTo(413);
  }

  @Test
  void an_invalid_request_id_is_refused_and_not_returned() {
    Http.Answer half = post(json(report("half", 1)).replace("\"half\"", "\"\\ud800\""));
    assertThat(half.status()).isEqualTo(400);
    assertThat(half.body().path("detail").asString()).startsWith("request_id: ");
    Http.Answer batch = post("[" + json(report("half", 1)).replace("\"half\"", "\"\\ud800\"") + "]");
    assertThat(batch.status()).isEqualTo(200);
    assertThat(batch.body().at("/receipts/0").has("request_id")).isFalse();
  }

  /** A request for an unavailable media type is refused before anything is recorded. */
  @Test
  void a_request_that_accepts_no_available_media_type_is_refused_and_not_recorded() {
    Http.Answer csv = Http.send(HttpRequest.newBuilder(URI.create(service.url("/v1/usage")))
        .header("Content-Type", "application/json").header("Accept", "text/csv")
        .POST(HttpRequest.BodyPublishers.ofString(json(report("accept", 1)))));
    assertThat(csv.status()).isEqualTo(406);
    assertThat(csv.body().path("code").asString()).isEqualTo("not-acceptable");
    assertThat(post(json(report("accept", 1))).status()).as("not recorded before").isEqualTo(201);
  }

  @Test
  void an_unknown_parameter_is_refused() {
    Http.Answer answer = Http.post(service.url("/v1/usage?dry_run=true"), json(report("parameter", 1)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("code").asString()).isEqualTo("unknown-parameter");
    assertThat(post(json(report("parameter", 1))).status()).as("not recorded before").isEqualTo(201);
  }

  @Test
  void malformed_http_is_refused_with_a_problem() {
    SoftAssertions all = new SoftAssertions();
    List<String> requests =
        Stream.concat(OddRequests.of("/v1/usage").stream(), OddRequests.bodies("/v1/usage").stream()).toList();
    for (String request : requests) {
      RawHttp.Answer answer = RawHttp.send(URI.create(service.url("/")).getPort(), request);
      all.assertThat(answer.status()).as(request).matches(status -> (status >= 400 && status < 500) || status == 501
          || status == 505);
      all.assertThat(answer.mediaType()).as(request).isEqualTo("application/problem+json");
      all.assertThat(answer.body()).as(request).contains("\"code\":\"");
    }
    all.assertAll();
  }
}
