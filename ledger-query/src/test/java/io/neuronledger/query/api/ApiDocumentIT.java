package io.neuronledger.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.Sql;
import io.neuronledger.query.fixture.WebhookTarget;
import io.neuronledger.query.generation.Generations;
import io.neuronledger.query.wiring.QueryService;
import io.neuronledger.testkit.servers.RawHttp;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The document and the service agree, in both directions: paths, parameters, answers, problem codes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiDocumentIT {
  private static final Pattern ADDRESS = Pattern.compile("\"(0x[0-9a-fA-F]{40})\"");
  /** The problem codes that no request can provoke, with the reason. */
  private static final Map<String, String> UNREACHED = Map.of(
      "internal-error", "a bug in the service; BadInputIT looks for one in every parameter");
  private static Served served;

  @BeforeAll
  static void start() {
    served = new Served("api_document");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  @Order(1)
  void the_document_names_exactly_the_paths_of_the_service() {
    Set<String> mapped = new TreeSet<>();
    served.service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class).getHandlerMethods()
        .forEach((mapping, _) -> mapping.getPatternValues().stream()
            .filter(path -> path.startsWith("/v1") || path.equals("/dashboard.json"))
            .forEach(path ->
            mapping.getMethodsCondition().getMethods().forEach(method -> mapped.add(method + " " + path))));
    assertThat(served.document.operations()).extracting(Object::toString)
        .containsExactlyInAnyOrderElementsOf(mapped);
  }

  /** The problem of an unknown parameter lists the known ones. */
  @Test
  @Order(2)
  void the_document_names_exactly_the_parameters_of_each_path() {
    for (ApiDocument.Operation operation : served.document.operations()) {
      RawHttp.Answer answer = served.send(operation.method(), filled(operation) + "?no_such_parameter=1",
          "Content-Type: application/json");
      assertThat(answer.status()).as(operation.toString()).isEqualTo(400);
      String detail = Served.json(answer).path("detail").asString();
      Set<String> known = detail.startsWith("known parameters: ")
          ? new TreeSet<>(List.of(detail.substring("known parameters: ".length()).split(", ")))
          : Set.of();
      assertThat(known).as(operation.toString()).isEqualTo(operation.names("query"));
    }
  }

  @Test
  @Order(3)
  void every_path_answers_as_documented() {
    List.of("/v1/ledgers", "/v1/ledgers?limit=1", "/v1/ledgers?at_block=2",
        "/v1/ledgers?state=open&state=closed&refund_state=claimable&min_total=1&min_available=1",
        "/v1/ledgers?provider={provider}&inactive_since=2027-01-01T00:00:00Z", "/v1/search?q={owner}",
        "/v1/search?q={provider}&owner={owner}", "/v1/search?q=2-4-0-0", "/v1/search?q=r-1", "/v1/search?q=2",
        "/v1/providers", "/v1/providers?limit=1", "/v1/services", "/v1/models?limit=1", "/v1/totals",
        "/v1/totals?at_block=3&start_date=2026-01-01&end_date=2026-01-01", "/v1/providers/{provider}?at_block=2",
        "/v1/refunds?at_block=3", "/v1/settlements?at_block=2&finality=latest",
        "/v1/ledgers/{owner}/usage?request_id=r-1", "/v1/ledgers/{owner}/usage?state=set-apart&state=reversed",
        "/v1/ledgers/{owner}", "/v1/ledgers/{owner}?at_block=2",
        "/v1/ledgers/{owner}?at_time={time}", "/v1/ledgers/{owner}?finality=latest", "/v1/ledgers/{owner}?detail=true",
        "/v1/blocks?at={time}",
        "/v1/ledgers/{owner}?min_block=3&wait=0", "/v1/ledgers?wait=0&min_token={token}",
        "/v1/ledgers/{owner}?at_block=3&wait=0&min_token={token}",
        "/v1/ledgers/{owner}/sub-accounts", "/v1/ledgers/{owner}/sub-accounts?at_block=3",
        "/v1/ledgers/{owner}/sub-accounts/{provider}/{service}",
        "/v1/ledgers/{owner}/sub-accounts/{provider}/a%2Fb%3Bc%20d", "/v1/ledgers/{owner}/entries",
        "/v1/ledgers/{owner}/entries?limit=1",
        "/v1/ledgers/{owner}/entries?order=asc&count=true&evidence=log&evidence=none",
        "/v1/ledgers/{owner}/entries?type=fees-settled.v1&type=ledger-rewound.v1&min_amount=1&max_amount=6000",
        "/v1/ledgers/{owner}/entries?provider={provider}&service={service}&start_date=2026-01-01&end_date=2026-01-01",
        "/v1/ledgers/{owner}/entries?type=usage-recorded.v1&type=discrepancy-resolved.v1&unit=0G",
        "/v1/entries/0-7-0?unit=0G", "/v1/entries/0-7-2?owner={owner}",
        "/v1/ledgers/{owner}/entries?transaction={hash}", "/v1/entries/{entry}", "/v1/entries/{entry}?owner={owner}",
        "/v1/entries/{entry}?limit=1", "/v1/transactions/{hash}/entries", "/v1/transactions/{hash}/entries?limit=1",
        "/v1/blocks/{number}/entries", "/v1/blocks/{number}/entries?limit=1", "/v1/status",
        "/v1/caller", "/dashboard.json",
        "/v1/admin/quarantine", "/v1/admin/rebuild",
        "/v1/ledgers/{owner}/usage",
        "/v1/ledgers/{owner}/usage?limit=1&source=direct&provider={provider}&service={service}&start_date=2026-01-01",
        "/v1/ledgers/{owner}/usage/stats?end_date=2026-12-31",
        "/v1/account/usage/stats?address={owner}&api_key_id=key-1",
        "/v1/account/usage/daily?address={owner}&start_date=2026-01-01",
        "/v1/account/usage/history?address={owner}&limit=1&offset=1", "/v1/providers/{provider}", "/v1/settlements",
        "/v1/settlements?state=unreported", "/v1/settlements/2-4-0-0", "/v1/settlements/2-4-0-0?limit=1",
        "/v1/ledgers/{owner}/admission?provider={provider}&service={service}&cost=5",
        "/v1/ledgers/{owner}/admission?provider={provider}&service=none&at_block=2&unit=0G",
        "/v1/prices", "/v1/prices?provider={provider}&service={service}&model=m&at_block=3&unit=0G&limit=1",
        "/v1/ledgers/{owner}/runway", "/v1/accounts/at-risk", "/v1/accounts/at-risk?within=720h&unit=0G",
        "/v1/refunds", "/v1/refunds?state=claimable&limit=1", "/v1/discrepancies", "/v1/discrepancies?state=resolved",
        "/v1/reconciliation/chain", "/v1/reconciliation/chain/run-1",
        "/v1/access-log?service=ledger-query", "/v1/access-log?service=ledger-query&from=1&limit=1&caller=local",
        "/v1/access-log?service=chain-indexer&owner={owner}&since=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z",
        "/v1/ledgers?unit=0G", "/v1/ledgers/{owner}?unit=0G&detail=true", "/v1/ledgers/{owner}/sub-accounts?unit=0G",
        "/v1/ledgers/{owner}/entries?unit=0G", "/v1/ledgers/{owner}/usage?unit=0G",
        "/v1/ledgers/{owner}/usage/stats?unit=0G", "/v1/providers/{provider}?unit=0G", "/v1/settlements?unit=0G",
        "/v1/settlements/2-4-0-0?unit=0G", "/v1/refunds?unit=0G", "/v1/discrepancies?unit=0G",
        "/v1/reconciliation/chain/run-1?unit=0G", "/v1/reports/settlement?unit=0G",
        "/v1/periods", "/v1/periods/{period}?wait=0&min_token={token}",
        "/v1/ledgers/{owner}/statement", "/v1/providers/{provider}/statement?unit=0G",
        "/v1/providers/{provider}/statement?start_date=2026-01-01&end_date=2026-01-01",
        "/v1/ledgers/{owner}/statement?unit=0G&start_date=2026-01-01&end_date=2026-01-01",
        "/v1/reports/settlement?known_at=2026-02-01", "/v1/ledgers/{owner}/statement?known_at=2026-02-01&unit=0G",
        "/v1/providers/{provider}/statement?known_at=2026-02-01&start_date=2026-01-01",
        "/v1/events?until=now", "/v1/events?after=beginning&until=now", "/v1/ledgers/{owner}/events?until=now",
        "/v1/ledgers/{owner}/events?after=beginning&until=now",
        "/v1/alerts/events?until=now", "/v1/ledgers/{owner}/alerts/events?after=beginning&until=now",
        "/v1/alerts", "/v1/alerts?kind=balance-below&type=alert-raised.v1&active=true&owner={owner}&limit=1",
        "/v1/alert-rules", "/v1/alert-rules?owner={owner}&limit=1",
        "/v1/reports/settlement", "/v1/reports/settlement?by=sub-account&provider={provider}&end_date=2026-02-01")
        .forEach(path -> {
          RawHttp.Answer answer = served.get(filled(path));
          assertThat(answer.status()).as(path).isEqualTo(200);
          if (!answer.mediaType().equals("text/event-stream") && !path.startsWith("/v1/access-log")) {
            assertChecksums(answer.body());
          }
        });
  }

  /**
   * Every address of an answer is in the form of EIP-55, but for what a search repeats; events and records of the
   * access log are the bytes of their topics.
   */
  private static void assertChecksums(String answer) {
    String body = answer.replaceFirst("\"q\":\"[^\"]*\"", "");
    assertThat(ADDRESS.matcher(body).results().map(found -> found.group(1))).as(body)
        .allMatch(address -> WalletAddress.typed(address).checksummed().equals(address));
  }

  /** Of every list; what was begun is fetched, in every form. */
  @Test
  @Order(3)
  void exports_answer_as_documented() {
    List<String> begun = new ArrayList<>();
    for (ApiDocument.Operation operation : served.document.operations()) {
      if (operation.method().equals("POST") && operation.path().endsWith("/exports")) {
        for (String format : List.of("csv", "ndjson", "xlsx")) {
          RawHttp.Answer answer = served.send("POST", filled(operation) + "?format=" + format);
          assertThat(answer.status()).as(operation.toString()).isEqualTo(202);
          begun.add(answer.header("Location").orElseThrow());
        }
      }
    }
    for (String path : begun) {
      await().atMost(Duration.ofMinutes(1)).until(() ->
          !List.of("waiting", "running").contains(Served.json(served.get(path)).path("state").asString()));
      JsonNode export = Served.json(served.get(path));
      assertThat(export.path("state").asString()).as(export.toString()).isEqualTo("completed");
      assertThat(served.get(path + "/content").status()).isEqualTo(200);
      assertThat(served.get(path + "/content", "Range: bytes=0-0").status()).isEqualTo(206);
      assertThat(served.get(path + "/content", "Range: bytes=" + export.path("bytes").asLong() + "-").status())
          .isEqualTo(416);
      assertThat(served.get(path + "/content.sha256").status()).isEqualTo(200);
      assertThat(served.get(path + "/content.json").status()).isEqualTo(200);
      assertThat(served.send("DELETE", path).status()).isEqualTo(204);
      assertThat(served.get(path).status()).isEqualTo(404);
    }
  }

  @Test
  @Order(3)
  void webhooks_answer_as_documented() {
    try (WebhookTarget target = new WebhookTarget()) {
      RawHttp.Answer made = served.sendJson("POST", filled("/v1/ledgers/{owner}/webhooks"),
          "{\"feed\":\"events\",\"url\":\"" + target.url() + "\",\"description\":\"d\",\"types\":"
              + "[\"funds-deposited.v1\"],\"after\":\"beginning\"}");
      assertThat(made.status()).isEqualTo(201);
      String path = made.header("Location").orElseThrow();
      await().atMost(Duration.ofMinutes(1)).until(() ->
          Served.json(served.get(path + "/messages?state=delivered")).path("messages").size() >= 3);
      assertThat(Served.json(served.get(path + "/messages?limit=1")).path("has_more").asBoolean()).isTrue();
      assertThat(Served.json(served.get(path + "/deliveries?limit=2")).path("deliveries")).hasSize(2);
      String message = Served.json(served.get(path + "/messages")).at("/messages/0/id").asString();
      assertThat(served.get(path).status()).isEqualTo(200);
      assertThat(Served.json(served.get("/v1/webhooks?limit=1")).path("has_more").asBoolean()).isTrue();
      assertThat(served.send("POST", path + "/test").status()).isEqualTo(200);
      assertThat(served.send("POST", path + "/messages/" + message + "/retries").status()).isEqualTo(409);
      assertThat(served.send("POST", path + "/messages/none/retries").status()).isEqualTo(404);
      assertThat(served.sendJson("POST", path + "/replays", "{\"after\":\"beginning\"}").status()).isEqualTo(202);
      for (int i = 0; i < 4; i++) {
        assertThat(served.send("POST", path + "/secret/rotations").status()).isEqualTo(201);
      }
      assertThat(served.send("POST", path + "/secret/rotations").status()).isEqualTo(409);
      assertThat(served.sendJson("PATCH", path, "{\"enabled\":false,\"types\":[]}").status()).isEqualTo(200);
      assertThat(Served.json(served.get(path)).at("/disabled/reason").asString()).isEqualTo("request");
      assertThat(served.send("DELETE", path).status()).isEqualTo(204);
      assertThat(served.get(path).status()).isEqualTo(404);
      String small = "{\"url\":\"" + target.url() + "\"}";
      for (int i = 1; i < 10; i++) {
        assertThat(served.sendJson("POST", "/v1/webhooks", small).status()).isEqualTo(201);
      }
      assertThat(served.sendJson("POST", "/v1/webhooks", small).status()).isEqualTo(409);
      assertThat(served.send("POST", "/v1/webhooks").status()).isEqualTo(415);
      assertThat(served.sendJson("POST", "/v1/webhooks", "[" + " ".repeat(64 << 10) + "]").status()).isEqualTo(413);
    }
  }

  @Test
  @Order(3)
  void quotes_answer_as_documented() {
    JsonNode quotes = Served.json(served.sendJson("POST", "/v1/prices/quote?unit=0G",
        "{\"model\":\"model-a\",\"input_tokens\":190,\"output_tokens\":5990}")).path("quotes");
    assertThat(quotes.path(0).path("fee").asString()).isEqualTo("1935800000000000");
    assertThat(quotes.path(0).path("fee_0g").asString()).isEqualTo("0.0019358");
    assertThat(quotes.path(1).path("reason").asString()).isEqualTo("other-denomination");
    RawHttp.Answer none = served.sendJson("POST", "/v1/prices/quote", "{\"model\":\"no-such-model\",\"images\":1}");
    assertThat(none.status()).isEqualTo(200);
    assertThat(Served.json(none).path("quotes")).isEmpty();
    RawHttp.Answer bad = served.sendJson("POST", "/v1/prices/quote", "{\"images\":-1,\"clips\":1}");
    assertThat(Served.json(bad).path("code").asString()).isEqualTo("malformed-request");
    assertThat(served.send("POST", "/v1/prices/quote").status()).isEqualTo(415);
    assertThat(served.sendJson("POST", "/v1/prices/quote", "[" + " ".repeat(4 << 10) + "]").status()).isEqualTo(413);
  }

  @Test
  @Order(3)
  void lists_contain_the_published_events() {
    assertThat(Served.json(served.get("/v1/refunds?state=claimable")).path("refunds")).hasSize(1);
    assertThat(Served.json(served.get("/v1/refunds?state=waiting")).path("refunds")).hasSize(1);
    assertThat(Served.json(served.get("/v1/discrepancies?kind=rule-broken&state=resolved")).path("discrepancies")
        .get(0).path("resolution").path("by").asString()).isEqualTo("finance");
    JsonNode entries = Served.json(served.get(filled("/v1/ledgers/{owner}/entries"))).path("entries");
    assertThat(entries.findValuesAsString("type"))
        .contains("ledger-rewound.v1", "funds-deposited.v1", "refund-requested.v1", "fees-settled.v1",
            "usage-recorded.v1", "discrepancy-resolved.v1");
    assertThat(entries.valueStream().filter(entry -> entry.path("retracted").asBoolean())).hasSize(1);
  }

  @Test
  @Order(3)
  void csv_is_returned_where_it_is_offered_and_requested() {
    for (String path : List.of("/v1/reports/settlement")) {
      RawHttp.Answer csv = served.get(filled(path), "Accept: text/csv");
      assertThat(csv.mediaType()).isEqualTo("text/csv");
      assertThat(csv.header("Ledger-As-Of-Block")).hasValue("6");
      assertThat(csv.header("Ledger-Rows")).hasValue(String.valueOf(csv.body().lines().count() - 1));
      assertThat(csv.header("Repr-Digest")).hasValueSatisfying(digest -> assertThat(digest).startsWith("sha-256=:"));
      assertThat(served.get(filled(path), "Accept: text/csv;q=0.1, application/json").mediaType())
          .isEqualTo("application/json");
    }
  }

  @Test
  @Order(3)
  void books_are_for_other_programs() {
    for (String path : List.of("/v1/ledgers/{owner}/journal", "/v1/reports/journal",
        "/v1/ledgers/{owner}/journal?at_block=2", "/v1/reports/journal?at_time={time}")) {
      RawHttp.Answer journal = served.get(filled(path), "Accept: text/plain");
      assertThat(journal.status()).as(path).isEqualTo(200);
      assertThat(journal.mediaType()).isEqualTo("text/plain");
      assertThat(journal.header("Content-Disposition")).hasValueSatisfying(name ->
          assertThat(name).contains(".journal"));
      assertThat(journal.body()).contains("(" + Served.SETTLED + ") fees-settled.v1", Served.TRANSACTION);
    }
    for (String type : List.of("text/csv", "application/pdf")) {
      for (String path : List.of("/v1/ledgers/{owner}/statement", "/v1/providers/{provider}/statement")) {
        RawHttp.Answer statement = served.get(filled(path), "Accept: " + type);
        assertThat(statement.status()).as(path + " " + type).isEqualTo(200);
        assertThat(statement.mediaType()).isEqualTo(type);
        assertThat(statement.header("Ledger-As-Of-Block")).hasValue("6");
        RawHttp.Answer then = served.get(filled(path) + "?known_at=2026-02-01", "Accept: " + type);
        assertThat(then.status()).as(path + " " + type).isEqualTo(200);
        assertThat(then.header("Content-Disposition")).hasValueSatisfying(name ->
            assertThat(name).contains("-known-at-2026-02-01."));
      }
    }
    String unknown = "/v1/ledgers/0x00000000000000000000000000000000000000aa";
    assertThat(Served.json(served.get(unknown + "/journal")).path("code").asString()).isEqualTo("ledger-not-found");
    assertThat(Served.json(served.get(unknown + "/statement")).path("code").asString()).isEqualTo("ledger-not-found");
    assertThat(served.get(filled("/v1/ledgers/{owner}/journal"), "Accept: application/json").status()).isEqualTo(406);
  }

  @Test
  @Order(4)
  void every_problem_code_is_provoked_or_explained() throws SQLException {
    provokeProblemsOfCallers();
    provokeDeadline();
    provokeSecondRebuild();
    new TreeMap<>(UNREACHED).forEach((code, why) -> assertThat(served.codes()).as(why).doesNotContain(code));
    served.postgres.close();
    assertThat(served.get(filled("/v1/ledgers/{owner}")).status()).isEqualTo(503);
    Set<String> expected = new TreeSet<>(UNREACHED.keySet());
    expected.addAll(served.codes());
    // KafkaAwayIT provokes the problems of a service without records or Kafka, ExportIT those of an overloaded one.
    expected.addAll(Set.of("nothing-sealed", "access-log-unavailable", "too-busy", "too-many-exports"));
    // ClosedPeriodsIT provokes those of closed periods.
    expected.addAll(Set.of("period-out-of-order", "period-report-not-kept", "period-report-differs",
        "too-many-kept-reports"));
    // ExportsIT provokes those of an export without a content, and of a caller who keeps many.
    expected.addAll(Set.of("export-not-completed", "too-many-kept-exports"));
    // AlertsIT provokes those of alert rules.
    expected.addAll(Set.of("too-many-alert-rules", "alert-rule-not-found", "alert-rule-unreadable", "alert-not-found",
        "alert-unreadable", "too-much-at-once"));
    // EventsIT provokes those of subscriptions.
    expected.addAll(Set.of("events-unavailable", "too-many-subscriptions", "subscriptions-exhausted"));
    // WebhooksIT provokes that of a service without the secret of webhooks.
    expected.add("webhooks-off");
    // AccessIT provokes those of a service that asks for credentials, AccessWiringTest the last three of them.
    expected.addAll(Set.of("credential-missing", "credential-invalid", "insufficient-scope", "foreign-owner",
        "credential-unverifiable", "api-keys-unknown", "origin-not-allowed"));
    // AccessWiringTest and RateFilterTest provoke those of callers who send too much.
    expected.addAll(Set.of("too-many-requests", "too-many-requests-at-once", "too-many-failed-credentials"));
    assertThat(expected).isEqualTo(served.document.problemCodes());
  }

  private static void provokeProblemsOfCallers() {
    String ledger = filled("/v1/ledgers/{owner}");
    String unknown = "0x00000000000000000000000000000000000000aa";
    List.of(ledger + "?%zz=1", ledger + "?at_block=1&min_block=1", ledger + "?at_block=x", ledger + "?wait=31",
        ledger + "?at_block=0", ledger + "?at_block=99&wait=0", ledger + "?x=1", ledger + "?wait=1&wait=1",
        ledger + "?min_token=x",
        ledger + "?wait=0&min_token="
            + new WriteToken(PartitionStream.CHAIN_ID, new TreeMap<>(Map.of(0, Long.MAX_VALUE))),
        ledger + "/entries?limit=0", ledger + "/entries?cursor=x", ledger + "/usage?source=x",
        ledger + "/sub-accounts/" + unknown + "/x", "/v1/totals?at_block=0", "/v1/ledgers?at_block=0",
        "/v1/ledgers/0x12", "/v1/ledgers/" + unknown,
        "/v1/ledgers/0xABcdef0000000000000000000000000000000001", "/v1/account/usage/stats",
        "/v1/providers/" + unknown, "/v1/settlements/9-9-9-9", "/v1/entries/0-999", "/v1/nothing",
        "/v1/reconciliation/chain/none", "/v1/reports/settlement?known_at=2026-01-31",
        "/v1/reports/settlement?known_at=2026-02-02",
        "/v1/ledgers/" + Served.QUARANTINED + "?min_block=9&wait=0").forEach(served::get);
    served.get(ledger, "Accept: application/xml");
    served.send("POST", ledger);
    served.send("POST", "/v1/admin/unpark?owner=" + unknown);
    served.send("DELETE", "/v1/admin/rebuild");
    served.get(filled("/v1/periods/{period}/reports/{hash}"));
    served.send("POST", "/v1/periods/2026-01/reports");
    assertThat(Served.json(served.send("POST", filled("/v1/periods/{period}/reports"))).path("code").asString())
        .as("an owner is quarantined").isEqualTo("owner-quarantined");
  }

  /** Another transaction locks a table that the answer needs. */
  private static void provokeDeadline() throws SQLException {
    try (Connection connection = Sql.connect(served.postgres, "api_document");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE read_model.ledger_state IN ACCESS EXCLUSIVE MODE");
      assertThat(Served.json(served.get(filled("/v1/ledgers/{owner}"))).path("code").asString())
          .isEqualTo("deadline-exceeded");
    }
  }

  /** Another instance holds the right to build. */
  private static void provokeSecondRebuild() {
    Generations generations = served.service.bean(QueryService.class).generations();
    try (Generations.BuildingRight _ = generations.claimBuilding().orElseThrow()) {
      assertThat(Served.json(served.send("POST", "/v1/admin/rebuild")).path("code").asString())
          .isEqualTo("rebuild-running");
    }
  }

  private static String filled(ApiDocument.Operation operation) {
    return filled(operation.path());
  }

  private static String filled(String path) {
    return path.replace("/webhooks/{id}", "/webhooks/" + served.webhook).replace("{message}", "events-1-0-1")
        .replace("/{period}", "/2025-12").replace("/reports/{hash}", "/reports/" + "5a".repeat(32))
        .replace("{owner}", Served.OWNER.value()).replace("{provider}", Served.PROVIDER.value())
        .replace("{service}", Served.SERVICE.value()).replace("{id}", "2-4-0-0").replace("{run}", "run-1")
        .replace("{time}", Chain.blockTime(2).toString()).replace("{entry}", Served.SETTLED).replace("{number}", "2")
        .replace("{hash}", Served.TRANSACTION)
        .replace("{token}", new WriteToken(PartitionStream.CHAIN_ID, new TreeMap<>(Map.of(0, 1L))).toString());
  }
}
