package io.neuronledger.query.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.following.FollowingReport;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.alert.store.AlertStore;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.EventReader;
import io.neuronledger.query.fixture.EventReader.Item;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.TestKafka;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import io.neuronledger.testkit.servers.issuer.WalletTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Rules and alerts of the running service, for operators and wallets, from the request to the subscription. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertsIT {
  private static final WalletAddress ONE = Wallets.wallet(1);
  private static final WalletAddress TWO = Wallets.wallet(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RULES_MAX = 5;
  private static final int OF_OWNER = 2;
  private static final String LOW = "{\"kind\":\"balance-below\",\"balance\":\"available\",\"threshold\":\"10\"}";
  private static final String CLAIMABLE = "{\"kind\":\"refund-claimable\"}";
  private static TokenIssuer issuer;
  private static WalletTokens wallets;
  private static PostgresServer postgres;
  private static Topic topic;
  private static AccountEventScript script;
  private static Service service;

  @BeforeAll
  static void start() throws ExecutionException, InterruptedException {
    issuer = TokenIssuer.start();
    wallets = WalletTokens.start(Clock.systemUTC());
    postgres = PostgresServer.startTemporary();
    topic = new Topic(1);
    script = AccountEventScript.started(0, 1).deposit(ONE, neuron(5)).deposit(TWO, neuron(50)).seal();
    topic.publish(script.records());
    service = new Service(postgres, "alerts", 1, Stream.concat(issuer.settings().stream(), Stream.of(
        wallets.setting(), "neuron-ledger.alerts.interval=100ms", "neuron-ledger.alerts.rules-max=" + RULES_MAX,
        "neuron-ledger.alerts.rules-of-owner-max=" + OF_OWNER)).map(setting -> "--" + setting)
        .toArray(String[]::new));
    reportHead();
    await().atMost(PATIENCE)
        .until(() -> send("GET", "/v1/alerts/events?until=now", "", operator()).statusCode() == 200);
  }

  /** It counts for longer than the test takes. */
  private static void reportHead() throws ExecutionException, InterruptedException {
    Instant later = Instant.now().plus(Duration.ofHours(1));
    byte[] report = QueryFixture.JSON.writeValueAsBytes(new FollowingReport(FollowingState.FOLLOWING, Optional.empty(),
        later, later, Optional.of(1L), Optional.of(Chain.blockTime(1)), 0, Optional.of(1L), List.of()));
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
        Map.of("bootstrap.servers", TestKafka.bootstrapServers()), new ByteArraySerializer(),
        new ByteArraySerializer())) {
      var _ = producer.send(new ProducerRecord<>(Topics.FOLLOWING, "test".getBytes(UTF_8), report)).get();
    }
  }

  @AfterAll
  static void stop() {
    service.close();
    topic.close();
    postgres.close();
    wallets.close();
    issuer.close();
  }

  private static Neuron neuron(long amount) {
    return Neuron.parse(String.valueOf(amount));
  }

  private static String operator() {
    return issuer.token("operator", "events:subscribe");
  }

  private static String wallet(WalletAddress owner) {
    return wallets.token(owner.value());
  }

  private static HttpResponse<String> send(String method, String path, String body, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(service.uri(path)).header("Authorization", "Bearer " + token)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return service.send(request);
  }

  private static String made(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String id = Service.json(answer).path("id").asString();
    assertThat(answer.headers().firstValue("Location")).hasValue("/v1/alert-rules/" + id);
    return id;
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Service.json(answer).path("code").asString()).isEqualTo(code);
  }

  private static List<JsonNode> read(String path, String token) {
    try (EventReader reader = new EventReader(service.port(), path, "Authorization: Bearer " + token)) {
      return reader.rest().stream().map(Item::data).map(QueryFixture.JSON::readTree).toList();
    }
  }

  @Test
  @Order(1)
  void an_alert_comes_to_operators_and_to_its_owner_and_to_nobody_else() {
    String rule = made(send("POST", "/v1/alert-rules", LOW, operator()));
    try (EventReader all = new EventReader(service.port(), "/v1/alerts/events?after=beginning",
            "Authorization: Bearer " + operator());
        EventReader own = new EventReader(service.port(), "/v1/ledgers/" + ONE + "/alerts/events?after=beginning",
            "Authorization: Bearer " + wallet(ONE))) {
      Item raised = all.next(1).getFirst();
      assertThat(raised.type()).isEqualTo("alert-raised.v1");
      assertThat(own.next(1)).extracting(Item::data).containsExactly(raised.data());
      assertThat(own.lastId()).isEqualTo("0-0");
      JsonNode alert = QueryFixture.JSON.readTree(raised.data()).path("alert");
      assertThat(alert.path("owner").asString()).isEqualTo(ONE.value());
      assertThat(alert.path("rule").asString()).isEqualTo(rule);
      assertThat(alert.path("value").asString()).isEqualTo("5");
      String id = alert.path("id").asString();
      assertThat(Service.json(send("GET", "/v1/alerts/" + id, "", operator())).path("active").asBoolean()).isTrue();
      assertThat(Service.json(send("GET", "/v1/alerts/" + id + "?owner=" + ONE, "", wallet(ONE))).path("owner")
          .asString()).isEqualTo(ONE.checksummed());
      assertRefused(send("GET", "/v1/alerts/" + id + "?owner=" + TWO, "", wallet(TWO)), 404, "alert-not-found");
      assertRefused(send("GET", "/v1/alerts/" + id, "", wallet(TWO)), 403, "foreign-owner");
      assertThat(Service.json(send("GET", "/v1/alerts?active=true&owner=" + ONE, "", wallet(ONE))).path("alerts"))
          .hasSize(1);
      assertThat(Service.json(send("GET", "/v1/alerts?active=false", "", operator())).path("alerts")).isEmpty();
      assertThat(Service.json(send("GET", "/v1/alerts?owner=" + TWO, "", wallet(TWO))).path("alerts")).isEmpty();
    }
    assertThat(read("/v1/ledgers/" + TWO + "/alerts/events?after=beginning&until=now", wallet(TWO))).isEmpty();
    assertRefused(send("GET", "/v1/alerts/events?until=now", "", wallet(ONE)), 403, "insufficient-scope");
    assertRefused(send("GET", "/v1/ledgers/" + ONE + "/alerts/events?until=now", "", wallet(TWO)), 403,
        "foreign-owner");
  }

  @Test
  @Order(2)
  void the_ids_of_the_two_streams_are_not_mixed_up() {
    try (EventReader all = new EventReader(service.port(), "/v1/alerts/events?after=beginning&until=now",
        "Authorization: Bearer " + operator())) {
      assertThat(all.rest()).isNotEmpty();
      assertRefused(send("GET", "/v1/events?until=now&after=" + all.lastId(), "", operator()), 400, "bad-parameter");
    }
  }

  @Test
  @Order(3)
  void a_wallet_has_rules_of_its_own_and_finds_no_others() {
    String path = "/v1/alert-rules?owner=" + ONE;
    String rule = made(send("POST", path, CLAIMABLE, wallet(ONE)));
    assertThat(Service.json(send("GET", path, "", wallet(ONE))).path("rules").findValuesAsString("id"))
        .containsExactly(rule);
    assertThat(Service.json(send("GET", "/v1/alert-rules", "", operator())).path("rules")).hasSize(2);
    String others = "/v1/alert-rules/" + rule + "?owner=" + TWO;
    for (String method : List.of("GET", "DELETE")) {
      assertRefused(send(method, others, "", wallet(TWO)), 404, "alert-rule-not-found");
    }
    assertRefused(send("PATCH", others, "{\"enabled\":false}", wallet(TWO)), 404, "alert-rule-not-found");
    assertRefused(send("POST", "/v1/alert-rules/" + rule + "/test?owner=" + TWO, "", wallet(TWO)), 404,
        "alert-rule-not-found");
    assertRefused(send("GET", "/v1/alert-rules/" + rule, "", wallet(ONE)), 403, "foreign-owner");
    assertRefused(send("POST", path, CLAIMABLE, wallet(TWO)), 403, "foreign-owner");
    assertRefused(send("POST", path, "{\"kind\":\"discrepancy-opened\"}", wallet(ONE)), 400, "malformed-request");
    assertRefused(send("POST", path, "{\"kind\":" + " ".repeat(RuleRequest.BODY_BYTES_MAX) + "}", wallet(ONE)), 413,
        "too-much-at-once");
    String second = made(send("POST", path, CLAIMABLE, wallet(ONE)));
    assertRefused(send("POST", path, CLAIMABLE, wallet(ONE)), 409, "too-many-alert-rules");
    assertRefused(send("POST", "/v1/alert-rules?owner=" + TWO, CLAIMABLE, wallet(TWO)), 409, "too-many-alert-rules");
    assertThat(send("DELETE", "/v1/alert-rules/" + second + "?owner=" + ONE, "", wallet(ONE)).statusCode())
        .isEqualTo(204);
  }

  @Test
  @Order(4)
  void there_are_so_many_rules_and_no_more() {
    for (int i = 2; i < RULES_MAX; i++) {
      made(send("POST", "/v1/alert-rules", "{\"kind\":\"reconciliation-different\"}", operator()));
    }
    assertRefused(send("POST", "/v1/alert-rules", LOW, operator()), 409, "too-many-alert-rules");
    JsonNode page = Service.json(send("GET", "/v1/alert-rules?limit=2", "", operator()));
    assertThat(page.path("has_more").asBoolean()).isTrue();
    JsonNode next = Service.json(send("GET", "/v1/alert-rules?cursor=" + page.path("next_cursor").asString(), "",
        operator()));
    assertThat(next.path("rules")).hasSize(RULES_MAX - 2);
  }

  @Test
  @Order(5)
  void a_test_says_so_and_a_rule_that_is_deleted_recovers() {
    String rule = Service.json(send("GET", "/v1/alert-rules?limit=1", "", operator())).path("rules").get(0).path("id")
        .asString();
    JsonNode muted = Service.json(send("PATCH", "/v1/alert-rules/" + rule,
        "{\"muted_until\":\"" + Instant.now().plus(Duration.ofDays(1)) + "\"}", operator()));
    assertThat(muted.has("muted_until")).isTrue();
    JsonNode test = Service.json(send("POST", "/v1/alert-rules/" + rule + "/test", "", operator()));
    assertThat(test.path("test").asBoolean()).isTrue();
    assertThat(send("DELETE", "/v1/alert-rules/" + rule, "", operator()).statusCode()).isEqualTo(204);
    assertRefused(send("GET", "/v1/alert-rules/" + rule, "", operator()), 404, "alert-rule-not-found");
    await().atMost(PATIENCE).untilAsserted(() -> {
      List<JsonNode> all = read("/v1/alerts/events?after=beginning&until=now", operator());
      assertThat(all).extracting(each -> each.at("/alert/type").asString() + " " + each.at("/alert/by").asString())
          .containsExactly("alert-raised.v1 block", "alert-raised.v1 rule", "alert-recovered.v1 rule");
      assertThat(all).extracting(each -> each.path("seq").asLong()).containsExactly(0L, 1L, 2L);
      assertThat(all.get(2).at("/alert/about").asString()).isEqualTo(all.getFirst().at("/alert/id").asString());
    });
  }

  @Test
  @Order(6)
  void a_rebuild_sends_nothing() {
    made(send("POST", "/v1/alert-rules", LOW, operator()));
    await().atMost(PATIENCE).until(() -> read("/v1/alerts/events?after=beginning&until=now", operator()).size() == 4);
    String admin = issuer.token("admin", "admin");
    assertThat(send("POST", "/v1/admin/rebuild", "", admin).statusCode()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> send("GET", "/v1/admin/rebuild", "", admin).body().contains("\"done\""));
    topic.publish(script.deposit(ONE, neuron(50)).seal().records().stream().filter(each -> each.seq() > 3).toList());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(
        read("/v1/alerts/events?after=beginning&until=now", operator())).hasSize(5).last()
        .extracting(each -> each.at("/alert/type").asString()).isEqualTo("alert-recovered.v1"));
  }

  /** Its content is of a form that this instance does not know. */
  @Test
  @Order(7)
  void a_rule_that_cannot_be_read_is_listed_as_such_and_deleted_and_hides_no_other() {
    Service.json(send("GET", "/v1/alert-rules", "", operator())).path("rules").findValuesAsString("id").stream()
        .limit(2).forEach(id -> assertThat(send("DELETE", "/v1/alert-rules/" + id, "", operator()).statusCode())
            .isEqualTo(204));
    String broken = made(send("POST", "/v1/alert-rules", LOW, operator()));
    String last = made(send("POST", "/v1/alert-rules", CLAIMABLE, operator()));
    database().execute("UPDATE read_model_control.alert_rule SET terms = '{\"kind\":\"of-later\"}'"
        + " WHERE rule = {0}::uuid", DSL.val(broken));
    JsonNode page = Service.json(send("GET", "/v1/alert-rules", "", operator()));
    assertThat(page.path("unreadable").valueStream().map(JsonNode::asString)).containsExactly(broken);
    assertThat(page.path("rules").findValuesAsString("id")).hasSize(RULES_MAX - 1).doesNotContain(broken)
        .endsWith(last);
    JsonNode first = Service.json(send("GET", "/v1/alert-rules?limit=" + (RULES_MAX - 1), "", operator()));
    assertThat(first.path("unreadable")).hasSize(1);
    assertThat(Service.json(send("GET", "/v1/alert-rules?cursor=" + first.path("next_cursor").asString(), "",
        operator())).path("rules").findValuesAsString("id")).containsExactly(last);
    String path = "/v1/alert-rules/" + broken;
    assertRefused(send("GET", path, "", operator()), 409, "alert-rule-unreadable");
    assertRefused(send("PATCH", path, "{\"enabled\":false}", operator()), 409, "alert-rule-unreadable");
    assertRefused(send("POST", path + "/test", "", operator()), 409, "alert-rule-unreadable");
    assertThat(send("DELETE", path, "", operator()).statusCode()).isEqualTo(204);
    assertRefused(send("GET", path, "", operator()), 404, "alert-rule-not-found");
  }

  @Test
  @Order(8)
  void an_alert_that_cannot_be_read_is_listed_as_such_and_ends_with_its_rule() {
    String rule = made(send("POST", "/v1/alert-rules", LOW.replace("10", "60"), operator()));
    String list = "/v1/alerts?active=true&rule=" + rule;
    await().atMost(PATIENCE).until(() -> Service.json(send("GET", list, "", operator())).path("alerts").size() == 2);
    String broken = Service.json(send("GET", list, "", operator())).path("alerts").get(0).path("id").asString();
    database().execute("UPDATE read_model_control.alert SET content = replace(content, 'balance-below', 'of-later')"
        + " WHERE alert = {0}::uuid", DSL.val(broken));
    database().execute("UPDATE read_model_control.alert_rule SET terms = '{\"kind\":\"of-later\"}'"
        + " WHERE rule = {0}::uuid", DSL.val(rule));
    JsonNode page = Service.json(send("GET", list, "", operator()));
    assertThat(page.path("unreadable").valueStream().map(JsonNode::asString)).containsExactly(broken);
    assertThat(page.path("alerts")).hasSize(1);
    assertRefused(send("GET", "/v1/alerts/" + broken, "", operator()), 409, "alert-unreadable");
    assertThat(send("DELETE", "/v1/alert-rules/" + rule, "", operator()).statusCode()).isEqualTo(204);
    JsonNode after = Service.json(send("GET", list, "", operator()));
    assertThat(after.path("alerts")).isEmpty();
    assertThat(after.path("unreadable")).isEmpty();
  }

  /** Whoever waits for the lock of the database holds a connection: one change does, and the others are refused. */
  @Test
  @Order(9)
  void while_a_change_waits_for_the_rules_others_are_refused_and_change_nothing() {
    String path = "/v1/alert-rules/" + Service.json(send("GET", "/v1/alert-rules?limit=1", "", operator()))
        .path("rules").get(0).path("id").asString();
    AlertStore store = new AlertStore("\"read_model_control\"", new Partitions(1), QueryFixture.JSON);
    CompletableFuture<HttpResponse<String>> first = database().transactionResult(transaction -> {
      store.lock(transaction.dsl());
      CompletableFuture<HttpResponse<String>> waiting =
          CompletableFuture.supplyAsync(() -> send("PATCH", path, "{\"enabled\":false}", operator()));
      await().atMost(PATIENCE).until(() -> database().fetchExists(
          DSL.table("pg_locks"), DSL.condition("locktype = 'advisory' AND NOT granted")));
      assertRefused(send("DELETE", path, "", operator()), 503, "too-busy");
      return waiting;
    });
    assertThat(Service.json(first.join()).path("enabled").asBoolean(true)).isFalse();
    assertThat(send("PATCH", path, "{\"enabled\":true}", operator()).statusCode()).isEqualTo(200);
  }

  private static DSLContext database() {
    ServiceDatabase database = postgres.database("alerts");
    return DSL.using(database.running().on(database.url()), SQLDialect.POSTGRES);
  }
}
