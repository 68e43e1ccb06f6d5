package io.neuronledger.query.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.access.key.ApiKey;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.key.ApiKeyRecord;
import io.neuronledger.foundation.access.key.KeyHasher;
import io.neuronledger.query.fixture.PublicTopic;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.fixture.WebhookTarget;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import io.neuronledger.testkit.servers.issuer.WalletTokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Webhooks of a service with an issuer: whose they are, and who sees them. */
class WebhookAccessIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final WalletAddress OTHER = Wallets.wallet(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OWN_PATH = "/v1/ledgers/" + OWNER + "/webhooks";
  private static TokenIssuer issuer;
  private static WalletTokens wallets;
  private static PostgresServer postgres;
  private static Topic topic;
  private static PublicTopic events;
  private static Service service;
  private static WebhookTarget target;

  private final List<String[]> made = new ArrayList<>();

  @BeforeAll
  static void start() {
    issuer = TokenIssuer.start();
    wallets = WalletTokens.start(Clock.systemUTC());
    postgres = PostgresServer.startTemporary();
    topic = new Topic(1);
    events = new PublicTopic(1);
    target = new WebhookTarget();
    service = new Service(postgres, "webhook_access", 1, Stream.concat(issuer.settings().stream(),
        Stream.of(wallets.setting(), "neuron-ledger.webhooks.max=4")).map(setting -> "--" + setting)
        .toArray(String[]::new));
    await().atMost(PATIENCE).until(() -> RawHttp.send(service.port(), "GET", "/v1/events?until=now",
        bearer(subscriber("alice"))).status() == 200);
  }

  @AfterAll
  static void stop() {
    service.close();
    target.close();
    events.close();
    topic.close();
    postgres.close();
    wallets.close();
    issuer.close();
  }

  @AfterEach
  void remove() {
    made.forEach(each -> RawHttp.send(service.port(), "DELETE", each[0], bearer(each[1])));
  }

  private static String subscriber(String name) {
    return issuer.token(name, "events:subscribe");
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private RawHttp.Answer make(String path, String token) {
    return send("POST", path, token, "{\"url\":\"" + target.url() + "\"}");
  }

  private RawHttp.Answer send(String method, String path, String token, String json) {
    RawHttp.Answer answer = RawHttp.send(service.port(), method + " " + path + " HTTP/1.0\r\nHost: 127.0.0.1\r\n"
        + bearer(token) + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json);
    answer.header("Location").ifPresent(location -> made.add(new String[] {location, token}));
    return answer;
  }

  private static RawHttp.Answer ask(String method, String path, String token) {
    return RawHttp.send(service.port(), method, path, bearer(token));
  }

  @Test
  void a_wallet_has_its_own_events_sent_and_no_others() {
    String wallet = wallets.token(OWNER.value());
    int before = target.received().size();
    assertThat(make(OWN_PATH, wallet).status()).isEqualTo(201);
    assertThat(make("/v1/ledgers/" + OTHER + "/webhooks", wallet).status()).isEqualTo(403);
    assertThat(make("/v1/webhooks", wallet).status()).isEqualTo(403);
    events.publish(0, OTHER, "n.v1", "{}");
    events.publish(0, OWNER, "n.v1", "{}");
    await().atMost(PATIENCE).until(() -> target.received().size() > before);
    assertThat(target.ids().subList(before, target.received().size())).hasSize(1)
        .allMatch(id -> id.endsWith("-" + events.published().getLast().id()));
  }

  /** Every operation answers with the very same as for one that was never made. */
  @Test
  void anothers_webhook_is_not_distinguishable_from_one_that_is_not_there() {
    String path = make("/v1/webhooks", subscriber("alice")).header("Location").orElseThrow();
    String none = "/v1/webhooks/" + UUID.randomUUID();
    String bob = subscriber("bob");
    for (String operation : List.of("GET ", "DELETE ", "POST /secret/rotations", "POST /test", "GET /messages",
        "GET /deliveries", "POST /messages/events-1-0-0/retries")) {
      String method = operation.split(" ", -1)[0];
      String end = operation.substring(method.length() + 1);
      RawHttp.Answer foreign = ask(method, path + end, bob);
      assertThat(foreign.status()).as(operation).isEqualTo(404);
      assertThat(normal(foreign)).isEqualTo(normal(ask(method, none + end, bob)));
    }
    assertThat(send("PATCH", path, bob, "{\"enabled\":false}").status()).isEqualTo(404);
    assertThat(send("POST", path + "/replays", bob, "{\"after\":\"beginning\"}").status()).isEqualTo(404);
    assertThat(ask("GET", "/v1/webhooks", bob).body()).contains("\"webhooks\":[]");
    assertThat(ask("GET", path, subscriber("alice")).body()).contains("\"enabled\":true");
  }

  private static String normal(RawHttp.Answer answer) {
    return answer.body().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID").replaceAll("\"request_id\":\"[^\"]*\"", "");
  }

  @Test
  void an_administrator_sees_and_removes_and_changes_nothing() {
    String path = make("/v1/webhooks", subscriber("alice")).header("Location").orElseThrow();
    String admin = issuer.token("root", "admin");
    assertThat(ask("GET", path, admin).body()).contains("\"made_by\":\"alice\"").doesNotContain("whsec_");
    assertThat(ask("GET", "/v1/webhooks", admin).body()).contains(path.substring("/v1/webhooks/".length()));
    assertThat(ask("GET", path + "/deliveries", admin).status()).isEqualTo(200);
    assertThat(send("PATCH", path, admin, "{\"url\":\"" + target.url("/mine") + "\"}").status()).isEqualTo(404);
    assertThat(ask("POST", path + "/secret/rotations", admin).status()).isEqualTo(404);
    assertThat(ask("POST", path + "/test", admin).status()).isEqualTo(404);
    assertThat(ask("DELETE", path, admin).status()).isEqualTo(204);
    assertThat(ask("GET", path, subscriber("alice")).status()).isEqualTo(404);
  }

  /** As a stream of events ends, by the running service and without an attempt in between. */
  @Test
  void a_webhook_ends_with_the_key_that_has_made_it() {
    ApiKeyDirectory keys = service.bean(ApiKeyDirectory.class);
    ApiKey key = ApiKey.create("0123456789abcdef", new SecureRandom());
    keys.accept(new ApiKeyRecord.Valid(key.id(), 0, Set.of(Scope.EVENTS_SUBSCRIBE), Optional.empty(), Optional.empty(),
        service.bean(KeyHasher.class).hash(key), Optional.empty(), Instant.now().plus(Duration.ofHours(1))));
    keys.accept(new ApiKeyRecord.SignOfLife(Instant.now()));
    String path = make("/v1/webhooks", key.reveal()).header("Location").orElseThrow();
    events.publish(0, OWNER, "n.v1", "{}");
    await().atMost(PATIENCE).until(() -> target.ids().stream()
        .anyMatch(id -> id.endsWith("-" + events.published().getLast().id())));
    int before = target.received().size();
    keys.accept(new ApiKeyRecord.Revoked(key.id(), 1));
    String admin = issuer.token("root", "admin");
    await().atMost(PATIENCE).until(() -> {
      keys.accept(new ApiKeyRecord.SignOfLife(Instant.now()));
      return ask("GET", path, admin).body().contains("\"reason\":\"credential\"");
    });
    assertThat(ask("GET", path, admin).body()).contains("\"enabled\":false", "\"made_by\":\"" + key + "\"");
    assertThat(make(OWN_PATH, wallets.token(OWNER.value())).status()).isEqualTo(201);
    events.publish(0, OWNER, "n.v1", "{}");
    events.publish(0, OWNER, "last.v1", "{}");
    await().atMost(PATIENCE).until(() -> target.ids().stream()
        .anyMatch(id -> id.endsWith("-" + events.published().getLast().id())));
    assertThat(target.received()).as("by the other one").hasSize(before + 2);
    assertThat(ask("DELETE", path, admin).status()).isEqualTo(204);
  }

  @Test
  void a_maker_without_the_scope_sees_it_and_changes_nothing() {
    String path = make("/v1/webhooks", subscriber("carol")).header("Location").orElseThrow();
    String less = issuer.token("carol", "ledger:read");
    assertThat(ask("GET", path, less).status()).isEqualTo(200);
    assertThat(ask("POST", path + "/test", less).body()).contains("\"insufficient-scope\"");
    assertThat(send("PATCH", path, less, "{\"enabled\":true}").status()).isEqualTo(403);
    assertThat(ask("DELETE", path, less).status()).isEqualTo(204);
  }

  /** They have half of four. */
  @Test
  void wallets_leave_room_for_others() {
    for (int i = 0; i < 2; i++) {
      assertThat(make(OWN_PATH, wallets.token(OWNER.value())).status()).isEqualTo(201);
    }
    assertThat(make(OWN_PATH, wallets.token(OWNER.value())).body()).contains("\"too-many-webhooks\"");
    assertThat(make("/v1/webhooks", subscriber("dave")).status()).isEqualTo(201);
    assertThat(make("/v1/webhooks", subscriber("dave")).status()).isEqualTo(201);
    assertThat(make("/v1/webhooks", subscriber("dave")).body()).contains("\"too-many-webhooks\"");
  }
}
