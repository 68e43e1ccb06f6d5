package io.neuronledger.query.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.PublicTopic;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.fixture.WebhookTarget;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Webhooks of the running service: a real topic, a real database, and a real target. */
class WebhooksIT {
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Partitions PARTITIONING = new Partitions(PARTITIONS);
  private static final WalletAddress OWNER = walletOf(0, 1);
  private static final WalletAddress NEIGHBOUR = walletOf(0, 2);
  private static final WalletAddress OTHER = walletOf(1, 1);
  private static final int UNDELIVERED_MAX = 20;
  private static final int AT_ONCE = 4;
  private static final int OF_CALLER_MAX = 12;
  private static final String DATABASE = "webhooks";
  private static final String[] SETTINGS = {"--neuron-ledger.webhooks.undelivered-max=" + UNDELIVERED_MAX,
      "--neuron-ledger.webhooks.at-once=" + AT_ONCE, "--neuron-ledger.webhooks.of-caller-max=" + OF_CALLER_MAX,
      "--neuron-ledger.webhooks.retries=1s,1s,1s", "--neuron-ledger.webhooks.timeout=1s"};
  private static PostgresServer postgres;
  private static Topic topic;
  private static PublicTopic events;
  private static Service service;

  private WebhookTarget target;

  private static WalletAddress walletOf(int partition, int nth) {
    return IntStream.range(1, 1_000).mapToObj(Wallets::wallet)
        .filter(wallet -> PARTITIONING.of(wallet) == partition).skip(nth).findFirst().orElseThrow();
  }

  @BeforeAll
  static void start() {
    postgres = PostgresServer.startTemporary();
    topic = new Topic(PARTITIONS);
    events = new PublicTopic(PARTITIONS);
    AccountEventScript script = AccountEventScript.started(0, PARTITIONS).seal()
        .deposit(OWNER, Neuron.ofZeroG("1")).deposit(NEIGHBOUR, Neuron.ofZeroG("2")).seal();
    script.deposit(OWNER, Neuron.ofZeroG("3")).seal().deposit(OWNER, Neuron.ofZeroG("4")).seal()
        .deposit(OWNER, Neuron.ofZeroG("5")).seal();
    // A fork of depth 3: blocks 3, 4 and 5 are replaced.
    script.retract(3).deposit(OWNER, Neuron.ofZeroG("6")).seal();
    AccountEventScript other = AccountEventScript.started(1, PARTITIONS).seal()
        .deposit(OTHER, Neuron.ofZeroG("7")).seal();
    events.publish(script.records());
    events.publish(other.records());
    topic.publish(Stream.concat(script.records().stream(), other.records().stream()).toList());
    service = new Service(postgres, DATABASE, PARTITIONS, SETTINGS);
    await().atMost(PATIENCE).until(() -> get("/v1/events?until=now").status() == 200);
  }

  @AfterAll
  static void stop() {
    service.close();
    events.close();
    topic.close();
    postgres.close();
  }

  @BeforeEach
  void open() {
    target = new WebhookTarget();
  }

  /** Each test removes its webhooks. */
  @AfterEach
  void close() {
    json(get("/v1/webhooks")).path("webhooks").forEach(each ->
        assertThat(RawHttp.send(service.port(), "DELETE", "/v1/webhooks/" + each.path("id").asString()).status())
            .isEqualTo(204));
    target.close();
  }

  private static RawHttp.Answer get(String path) {
    return RawHttp.send(service.port(), "GET", path);
  }

  private static RawHttp.Answer send(String method, String path, String json) {
    return RawHttp.send(service.port(), method + " " + path + " HTTP/1.0\r\nHost: 127.0.0.1\r\n"
        + "Content-Type: application/json\r\nContent-Length: " + json.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n" + json);
  }

  private static JsonNode json(RawHttp.Answer answer) {
    return QueryFixture.JSON.readTree(answer.body());
  }

  private static JsonNode make(String url, String more) {
    return made("/v1/webhooks", url, more);
  }

  private static JsonNode made(String path, String url, String more) {
    RawHttp.Answer answer = send("POST", path, "{\"url\":\"" + url + "\"" + more + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  private static String pathOf(JsonNode made) {
    return "/v1/webhooks/" + made.at("/webhook/id").asString();
  }

  private static PublicTopic.Event publish(WalletAddress owner) {
    return events.publish(PARTITIONING.of(owner), owner, "test-event.v1", "{\"type\":\"test-event.v1\"}");
  }

  private static List<PublicTopic.Event> publishedOf(WalletAddress owner) {
    return events.published().stream().filter(each -> each.owner().equals(owner)).toList();
  }

  private static List<String> dataOf(List<WebhookTarget.Received> received) {
    return received.stream().map(each -> each.json().path("data").toString()).toList();
  }

  private static List<String> jsonOf(List<PublicTopic.Event> published) {
    return published.stream().map(each -> QueryFixture.JSON.readTree(each.value()).toString()).toList();
  }

  private static DSLContext database() {
    ServiceDatabase database = postgres.database(DATABASE);
    return DSL.using(database.running().on(database.url()), SQLDialect.POSTGRES);
  }

  private void awaitReceived(int count) {
    await().atMost(PATIENCE).until(() -> target.received().size() >= count);
  }

  @Test
  void an_owners_events_come_from_the_first_one_on_in_order_and_signed() {
    JsonNode made = made("/v1/ledgers/" + OWNER + "/webhooks", target.url(), ",\"after\":\"beginning\"");
    List<PublicTopic.Event> published = publishedOf(OWNER);
    awaitReceived(published.size());
    List<WebhookTarget.Received> received = target.received();
    assertThat(dataOf(received)).containsExactlyElementsOf(jsonOf(published));
    assertThat(received).allMatch(each -> each.isSignedBy(made.path("secret").asString()));
    assertThat(received.getFirst().json().path("type").asString()).isEqualTo("funds-deposited.v1");
    assertThat(received.getFirst().json().path("timestamp").asString())
        .isEqualTo(received.getFirst().json().at("/data/recorded_at").asString());
    assertThat(target.ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("events-\\d+-0-\\d+"));
    PublicTopic.Event next = publish(OWNER);
    awaitReceived(published.size() + 1);
    assertThat(target.ids().getLast()).endsWith("-" + next.id());
  }

  /** What was sent before is taken back by a message that no filter keeps away. */
  @Test
  void a_fork_is_taken_back_whatever_types_are_asked_for() {
    made("/v1/ledgers/" + OWNER + "/webhooks", target.url(),
        ",\"after\":\"beginning\",\"types\":[\"fees-settled.v1\"]");
    make(target.url("/all"), ",\"after\":\"beginning\",\"types\":[\"fees-settled.v1\"],\"owners\":[\"" + NEIGHBOUR
        + "\"]");
    awaitReceived(1);
    publish(OWNER);
    JsonNode rewound = target.received().getFirst().json();
    assertThat(rewound.path("type").asString()).isEqualTo("ledger-rewound.v1");
    assertThat(rewound.at("/data/event/from_block").asLong()).isEqualTo(3);
    assertThat(target.received()).as("of no other owner, and nothing else").hasSize(1)
        .allMatch(each -> each.path().equals("/hook"));
  }

  @Test
  void a_filter_by_owners_and_types_lets_nothing_else_pass() {
    make(target.url(), ",\"after\":\"beginning\",\"types\":[\"funds-deposited.v1\"],\"owners\":[\"" + NEIGHBOUR
        + "\",\"" + OTHER + "\"]");
    awaitReceived(2);
    publish(OTHER);
    publish(OWNER);
    assertThat(target.received().stream().map(each -> each.json().at("/data/event/owner").asString()))
        .containsExactlyInAnyOrder(NEIGHBOUR.value(), OTHER.value());
  }

  /** Also what was looked at before, and was not wanted, unless the position was stored after it. */
  @Test
  void other_types_count_for_all_that_comes_after_the_position() {
    String none = ",\"types\":[\"fees-settled.v1\"]";
    JsonNode made = made("/v1/ledgers/" + OWNER + "/webhooks", target.url("/changed"), none);
    made("/v1/ledgers/" + OWNER + "/webhooks", target.url(), "");
    String after = json(get(pathOf(made))).path("after").asString();
    // Webhooks are looked at in the order in which they were made: with the second event the first one was passed.
    PublicTopic.Event passed = publish(OWNER);
    awaitReceived(1);
    PublicTopic.Event next = publish(OWNER);
    awaitReceived(2);
    target.forget();
    assertThat(json(get(pathOf(made))).path("after").asString()).isEqualTo(after);
    assertThat(send("PATCH", pathOf(made), "{\"types\":[]}").status()).isEqualTo(200);
    awaitReceived(2);
    assertThat(target.received()).allMatch(each -> each.path().equals("/changed"));
    assertThat(target.ids().getFirst()).endsWith("-" + passed.id());
    assertThat(target.ids().getLast()).endsWith("-" + next.id());
  }

  @Test
  void after_a_rotation_both_secrets_sign() {
    JsonNode made = made("/v1/ledgers/" + OWNER + "/webhooks", target.url(), "");
    String first = made.path("secret").asString();
    JsonNode rotated = json(RawHttp.send(service.port(), "POST", pathOf(made) + "/secret/rotations"));
    String second = rotated.path("secret").asString();
    assertThat(second).isNotEqualTo(first).startsWith("whsec_");
    publish(OWNER);
    awaitReceived(1);
    assertThat(target.received().getFirst().isSignedBy(first)).isTrue();
    assertThat(target.received().getFirst().isSignedBy(second)).isTrue();
    assertThat(get(pathOf(made)).body()).doesNotContain("whsec_");
  }

  @Test
  void a_replay_sends_again_under_the_same_ids() {
    JsonNode made = made("/v1/ledgers/" + OWNER + "/webhooks", target.url(), ",\"after\":\"beginning\"");
    int count = publishedOf(OWNER).size();
    awaitReceived(count);
    List<String> first = target.ids();
    String third = publishedOf(OWNER).get(2).id();
    assertThat(send("POST", pathOf(made) + "/replays", "{\"after\":\"" + third + "\"}").status()).isEqualTo(202);
    awaitReceived(2 * count - 3);
    assertThat(target.ids()).containsExactlyElementsOf(
        Stream.concat(first.stream(), first.subList(3, count).stream()).toList());
    assertThat(send("POST", pathOf(made) + "/replays", "{\"after\":\"0-999999\"}").status()).isEqualTo(400);
    assertThat(send("POST", pathOf(made) + "/replays", "{\"after\":\"x\"}").status()).isEqualTo(400);
  }

  /** All events of the topic were recorded at the same time. */
  @Test
  void a_replay_from_a_time_on_sends_again_what_was_recorded_then_or_later() {
    JsonNode made = made("/v1/ledgers/" + OWNER + "/webhooks", target.url(), ",\"after\":\"beginning\"");
    JsonNode ofAll = make(target.url("/all"), ",\"after\":\"beginning\"");
    int count = publishedOf(OWNER).size();
    int countOfAll = events.published().size();
    awaitReceived(count + countOfAll);
    JsonNode unmoved = replayed(made, "{\"from\":\"" + PartitionStream.RECORDED_AT.plusNanos(1) + "\"}");
    assertThat(unmoved.at("/after").asString()).as("nothing was recorded since")
        .isEqualTo(publishedOf(OWNER).getLast().id());
    for (JsonNode each : List.of(made, ofAll)) {
      assertThat(replayed(each, "{\"from\":\"" + PartitionStream.RECORDED_AT + "\"}").at("/after").asString())
          .isEqualTo("beginning");
    }
    awaitReceived(2 * (count + countOfAll));
    assertThat(new TreeSet<>(target.ids())).hasSize(countOfAll);
    for (String refused : List.of("{}", "{\"from\":\"yesterday\"}", "{\"from\":\"9999-01-01T00:00:00Z\"}",
        "{\"from\":\"2026-01-01T00:00:00Z\",\"after\":\"beginning\"}")) {
      assertThat(send("POST", pathOf(made) + "/replays", refused).status()).as(refused).isEqualTo(400);
    }
  }

  private static JsonNode replayed(JsonNode made, String body) {
    RawHttp.Answer answer = send("POST", pathOf(made) + "/replays", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return json(answer);
  }

  @Test
  void a_rebuild_sends_nothing() {
    made("/v1/ledgers/" + OWNER + "/webhooks", target.url(), ",\"after\":\"beginning\"");
    awaitReceived(publishedOf(OWNER).size());
    assertThat(RawHttp.send(service.port(), "POST", "/v1/admin/rebuild").status()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> get("/v1/admin/rebuild").body().contains("\"done\""));
    publish(OWNER);
    awaitReceived(publishedOf(OWNER).size());
    assertThat(dataOf(target.received())).containsExactlyElementsOf(jsonOf(publishedOf(OWNER)));
  }

  /** Whoever is killed after it has stored a message leaves it to a turn that comes anyway. */
  @Test
  void a_webhook_has_its_turn_before_it_has_a_message() {
    JsonNode made = make(target.url(), "");
    await().atMost(PATIENCE).until(() -> database().fetchExists(DSL.table("read_model_control.scheduled_task"),
        DSL.condition("task_instance = {0}", made.at("/webhook/id").asString())));
  }

  /** Its owner is gone from the database by somebody's hand. */
  @Test
  void a_webhook_that_is_broken_keeps_no_other_one_waiting() {
    JsonNode broken = made("/v1/ledgers/" + OWNER + "/webhooks", target.url("/broken"), "");
    assertThat(database().execute("UPDATE read_model_control.webhook SET owners = '{}' WHERE id = {0}::uuid",
        broken.at("/webhook/id").asString())).isEqualTo(1);
    made("/v1/ledgers/" + OWNER + "/webhooks", target.url(), "");
    PublicTopic.Event event = publish(OWNER);
    awaitReceived(1);
    assertThat(target.ids()).hasSize(1).first().asString().endsWith("-" + event.id());
  }

  /** The topic keeps what comes meanwhile. */
  @Test
  void so_many_messages_wait_and_no_more() {
    target.answer(_ -> 500);
    JsonNode made = made("/v1/ledgers/" + OTHER + "/webhooks", target.url(), "");
    for (int i = 0; i < UNDELIVERED_MAX + 10; i++) {
      publish(OTHER);
    }
    await().atMost(PATIENCE).until(() -> json(get(pathOf(made))).path("undelivered").asInt() == UNDELIVERED_MAX);
    target.forget();
    target.answer(_ -> 204);
    assertThat(send("PATCH", pathOf(made), "{\"enabled\":true}").status()).isEqualTo(200);
    awaitReceived(UNDELIVERED_MAX + 10);
    List<PublicTopic.Event> all = publishedOf(OTHER);
    assertThat(dataOf(target.received()))
        .containsExactlyElementsOf(jsonOf(all.subList(all.size() - UNDELIVERED_MAX - 10, all.size())));
  }

  /** It is neither read nor written for: its messages become fewer until half of them are gone. */
  @Test
  void a_full_webhook_is_passed_over() {
    target.answer(request -> request.path().equals("/full") ? 500 : 204);
    JsonNode full = made("/v1/ledgers/" + OTHER + "/webhooks", target.url("/full"), "");
    for (int i = 0; i < UNDELIVERED_MAX + 10; i++) {
      publish(OTHER);
    }
    String dead = pathOf(full) + "/messages?state=dead";
    await().atMost(PATIENCE).until(() -> !json(get(dead)).path("messages").isEmpty());
    made("/v1/ledgers/" + OTHER + "/webhooks", target.url("/other"), "");
    // Webhooks are looked at in the order in which they were made: with the second event the first one was passed over.
    for (int i = 1; i <= 2; i++) {
      publish(OTHER);
      int count = i;
      await().atMost(PATIENCE).until(() ->
          target.received().stream().filter(each -> each.path().equals("/other")).count() >= count);
    }
    assertThat(json(get(pathOf(full) + "/messages?limit=100")).path("messages")).hasSize(UNDELIVERED_MAX);
  }

  @Test
  void a_dead_letter_is_listed_and_sent_again_on_request() {
    target.answer(_ -> 500);
    JsonNode made = made("/v1/ledgers/" + OWNER + "/webhooks", target.url(), "");
    publish(OWNER);
    await().atMost(PATIENCE).until(() ->
        json(get(pathOf(made) + "/messages?state=dead")).path("messages").size() == 1);
    String id = json(get(pathOf(made) + "/messages?state=dead")).at("/messages/0/id").asString();
    assertThat(target.ids()).containsExactly(id, id, id, id);
    JsonNode log = json(get(pathOf(made) + "/deliveries"));
    assertThat(log.path("deliveries")).hasSize(4);
    assertThat(log.at("/deliveries/0/status").asInt()).isEqualTo(500);
    target.answer(_ -> 204);
    assertThat(RawHttp.send(service.port(), "POST", pathOf(made) + "/messages/" + id + "/retries").status())
        .isEqualTo(202);
    await().atMost(PATIENCE).until(() ->
        json(get(pathOf(made) + "/messages?state=delivered")).path("messages").size() == 1);
  }

  /** With as many of them as there are places, the one that answers is served. */
  @Test
  void targets_that_never_answer_keep_nobody_waiting() {
    CountDownLatch end = new CountDownLatch(1);
    try (WebhookTarget silent = new WebhookTarget()) {
      silent.answer(_ -> {
        try {
          end.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return 204;
      });
      List<JsonNode> stuck = new ArrayList<>();
      for (int i = 0; i < AT_ONCE + 2; i++) {
        stuck.add(made("/v1/ledgers/" + OWNER + "/webhooks", silent.url(), ""));
      }
      publish(OWNER);
      await().atMost(PATIENCE).until(() -> stuck.stream()
          .allMatch(each -> json(get(pathOf(each))).has("failing_since")));
      made("/v1/ledgers/" + OWNER + "/webhooks", target.url(), "");
      for (int i = 1; i <= 5; i++) {
        publish(OWNER);
        awaitReceived(i);
      }
      end.countDown();
    }
  }

  @Test
  void two_instances_share_the_work_and_send_nothing_twice() {
    try (Service second = new Service(postgres, DATABASE, PARTITIONS, SETTINGS)) {
      await().atMost(PATIENCE).until(() -> RawHttp.send(second.port(), "GET", "/v1/events?until=now").status() == 200);
      List<JsonNode> made = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        made.add(made("/v1/ledgers/" + OWNER + "/webhooks", target.url("/" + i), ""));
      }
      int before = publishedOf(OWNER).size();
      for (int i = 0; i < 30; i++) {
        publish(OWNER);
      }
      awaitReceived(4 * 30);
      List<String> expected = jsonOf(publishedOf(OWNER).subList(before, before + 30));
      for (int i = 0; i < 4; i++) {
        String path = "/" + i;
        assertThat(dataOf(target.received().stream().filter(each -> each.path().equals(path)).toList()))
            .containsExactlyElementsOf(expected);
      }
      assertThat(RawHttp.send(second.port(), "GET", pathOf(made.getFirst())).status()).isEqualTo(200);
    }
  }

  @Test
  void a_test_message_is_sent_now_and_its_outcome_answered() {
    JsonNode made = make(target.url(), "");
    JsonNode outcome = json(RawHttp.send(service.port(), "POST", pathOf(made) + "/test"));
    assertThat(outcome.path("outcome").asString()).isEqualTo("delivered");
    assertThat(target.ids()).containsExactly(outcome.path("message").asString());
    assertThat(target.received().getFirst().isSignedBy(made.path("secret").asString())).isTrue();
    target.answer(_ -> 302);
    assertThat(json(RawHttp.send(service.port(), "POST", pathOf(made) + "/test")).path("status").asInt())
        .isEqualTo(302);
    target.answer(_ -> 410);
    assertThat(json(RawHttp.send(service.port(), "POST", pathOf(made) + "/test")).path("outcome").asString())
        .isEqualTo("gone");
    assertThat(json(get(pathOf(made))).path("enabled").asBoolean()).as("a test changes nothing").isTrue();
  }

  @Test
  void a_webhook_that_is_removed_while_it_is_tested_is_not_found() {
    JsonNode made = make(target.url(), "");
    target.answer(_ -> RawHttp.send(service.port(), "DELETE", pathOf(made)).status());
    assertThat(RawHttp.send(service.port(), "POST", pathOf(made) + "/test").status()).isEqualTo(404);
  }

  @Test
  void what_is_no_webhook_is_refused() {
    Set<String> details = new TreeSet<>();
    for (String body : List.of("", "[]", "{}", "{\"url\":1}", "{\"url\":\"x\"}", "{\"url\":\"https://10.0.0.1/\"}",
        "{\"url\":\"https://169.254.169.254/latest\"}", "{\"url\":\"https://example.com/\",\"types\":[\"x.v1\"]}",
        "{\"url\":\"https://example.com/\",\"types\":\"funds-deposited.v1\"}",
        "{\"url\":\"https://example.com/\",\"owners\":[\"0x12\"]}",
        "{\"url\":\"https://example.com/\",\"after\":\"yesterday\"}",
        "{\"url\":\"https://example.com/\",\"after\":\"0-0\"}",
        "{\"url\":\"https://example.com/\",\"feed\":\"x\"}", "{\"url\":\"https://example.com/\",\"secret\":\"x\"}",
        "{\"url\":\"https://example.com/\",\"description\":\"" + "x".repeat(201) + "\"}",
        "{\"url\":\"https://example.com/\",\"enabled\":true}")) {
      RawHttp.Answer answer = send("POST", "/v1/webhooks", body);
      assertThat(answer.status()).as(body + " -> " + answer.body()).isEqualTo(400);
      details.add(json(answer).path("detail").asString());
    }
    assertThat(details).hasSizeGreaterThan(10);
    assertThat(send("POST", "/v1/ledgers/" + OWNER + "/webhooks",
        "{\"url\":\"https://example.com/\",\"owners\":[]}").status()).isEqualTo(400);
    JsonNode made = make(target.url(), ",\"description\":\"" + "x".repeat(200) + "\"");
    for (String body : List.of("{\"url\":\"http://10.0.0.1/\"}", "{\"enabled\":\"true\"}", "{\"owners\":[]}",
        "{\"types\":[\"x\"]}")) {
      assertThat(send("PATCH", pathOf(made), body).status()).as(body).isEqualTo(400);
    }
    assertThat(send("PATCH", pathOf(made), "{}").status()).isEqualTo(200);
  }

  @Test
  void a_caller_has_so_many_and_no_more() {
    for (int i = 0; i < OF_CALLER_MAX; i++) {
      make(target.url(), "");
    }
    RawHttp.Answer refused = send("POST", "/v1/webhooks", "{\"url\":\"" + target.url() + "\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("\"too-many-webhooks\"");
  }

  @Test
  void without_a_secret_there_are_none() {
    try (Service without = new Service(postgres, "webhooks_off", PARTITIONS, "--neuron-ledger.webhooks.secret=")) {
      assertThat(RawHttp.send(without.port(), "GET", "/v1/webhooks").body()).contains("\"webhooks-off\"");
    }
  }
}
