package io.neuronledger.command.admin.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.foundation.access.key.ApiKeyDirectory;
import io.neuronledger.foundation.access.key.ApiKeyReader;
import io.neuronledger.foundation.access.key.KeyHasher;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.AuthenticationException;
import tools.jackson.databind.JsonNode;

/** Two instances of the service, and another service that reads the keys from Kafka. */
class ApiKeyIT {
  /** A new key must be known, and a revocation effective, everywhere within this time. */
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PATH = "/v1/admin/quarantine";

  private static TokenIssuer issuer;
  private static Service first;
  private static Service second;
  private static ApiKeyDirectory elsewhere;
  private static ApiKeyReader reader;

  @BeforeAll
  static void start() {
    Servers.freshTopics(1);
    issuer = TokenIssuer.start();
    String database = Servers.freshSchema();
    first = Service.start(database, 1, issuer.settings().toArray(String[]::new));
    second = Service.start(database, 1, issuer.settings().toArray(String[]::new));
    elsewhere = new ApiKeyDirectory(first.bean(KeyHasher.class), Clock.systemUTC());
    reader = new ApiKeyReader(KeyTopic::consumer, elsewhere);
    reader.start();
    await().atMost(PATIENCE).until(() -> elsewhere.isFresh() && isFresh(first) && isFresh(second));
  }

  @AfterAll
  static void stop() {
    reader.close();
    second.close();
    first.close();
    issuer.close();
  }

  private static boolean isFresh(Service service) {
    return service.bean(ApiKeyDirectory.class).isFresh();
  }

  private static String admin() {
    return issuer.token("ann@example.com", "admin", "ledger:read", "usage:write");
  }

  private static HttpRequest.Builder request(Service service, String path, String credential) {
    return HttpRequest.newBuilder(URI.create(service.url(path))).header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + credential);
  }

  private static Http.Answer post(Service service, String path, String credential, String json) {
    return Http.send(request(service, path, credential).POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private static Http.Answer get(Service service, String path, String credential) {
    return Http.send(request(service, path, credential));
  }

  private static String in(Duration time) {
    return Instant.now().plus(time).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static Http.Answer make(String... scopes) {
    return post(first, "/v1/keys", admin(), """
        {"name":"nightly job","scopes":["%s"],"expires_at":"%s"}""".formatted(String.join("\",\"", scopes),
        in(Duration.ofHours(1))));
  }

  /** Whether the key is accepted, or refused, by both instances and the other service. */
  private static void awaitEverywhere(String key, boolean accepted) {
    await().atMost(SOON).until(() -> get(first, PATH, key).status() == (accepted ? 200 : 401)
        && get(second, PATH, key).status() == (accepted ? 200 : 401) && isAcceptedElsewhere(key) == accepted);
  }

  private static boolean isAcceptedElsewhere(String key) {
    try {
      return elsewhere.authenticate(key).isAuthenticated();
    } catch (AuthenticationException e) {
      return false;
    }
  }

  @Test
  void a_key_is_used_everywhere_soon_after_it_was_made_and_nowhere_soon_after_it_was_revoked() {
    Http.Answer made = make("admin");
    assertThat(made.status()).isEqualTo(201);
    String key = made.body().path("secret").asString();
    String id = made.body().path("key").path("id").asString();
    awaitEverywhere(key, true);
    assertThat(get(second, "/v1/keys/" + id, key).body().path("state").asString()).isEqualTo("active");

    Http.Answer revoked = Http.send(request(second, "/v1/keys/" + id, admin()).DELETE());
    assertThat(revoked.body().path("state").asString()).isEqualTo("revoked");
    awaitEverywhere(key, false);
    JsonNode again = Http.send(request(first, "/v1/keys/" + id, admin()).DELETE()).body();
    assertThat(again.path("revoked")).isEqualTo(revoked.body().path("revoked"));
    assertProblem(post(first, "/v1/keys/" + id + "/rotations", admin(), """
        {"previous_expires_at":"2020-01-01T00:00:00Z"}"""), 409, "api-key-ended");
  }

  @Test
  void a_rotation_overlaps_until_it_is_cut() {
    JsonNode made = make("admin").body();
    String path = "/v1/keys/" + made.path("key").path("id").asString() + "/rotations";
    String old = made.path("secret").asString();
    String next = post(second, path, admin(), "{\"previous_expires_at\":\"" + in(Duration.ofMinutes(10)) + "\"}").body()
        .path("secret").asString();
    assertThat(next).startsWith(made.path("key").path("prefix").asString()).isNotEqualTo(old);
    awaitEverywhere(next, true);
    awaitEverywhere(old, true);

    Http.Answer cut = post(first, path, admin(), "{\"previous_expires_at\":\"2020-01-01T00:00:00Z\",\"expires_at\":\""
        + in(Duration.ofDays(2)) + "\"}");
    assertThat(cut.status()).isEqualTo(201);
    awaitEverywhere(cut.body().path("secret").asString(), true);
    awaitEverywhere(next, false);
    awaitEverywhere(old, false);
    assertThat(cut.body().path("key").path("rotated").path("by").asString()).isEqualTo("ann@example.com");
  }

  @Test
  void an_act_says_who_when_and_from_where_and_no_secret_is_kept() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    JsonNode made = make("admin", "ledger:read").body();
    String id = made.path("key").path("id").asString();
    JsonNode shown = get(second, "/v1/keys/" + id, admin()).body();
    assertThat(shown).isEqualTo(made.path("key"));
    assertThat(shown.path("made").path("by").asString()).isEqualTo("ann@example.com");
    assertThat(shown.path("made").path("from").asString()).isEqualTo("127.0.0.1");
    assertThat(Instant.parse(shown.path("made").path("at").asString())).isBetween(before, Instant.now());
    assertThat(shown.path("name").asString()).isEqualTo("nightly job");
    assertThat(get(first, "/v1/keys?limit=500", admin()).body().path("keys").valueStream()).contains(shown);

    String secret = made.path("secret").asString().split("_", 3)[2];
    List<String> stored = first.bean(JdbcClient.class).sql("SELECT payload FROM api_key_event")
        .query((row, _) -> new String(row.getBytes(1), StandardCharsets.UTF_8)).list();
    assertThat(stored).anyMatch(payload -> payload.contains(id)).noneMatch(payload -> payload.contains(secret));
    awaitEverywhere(made.path("secret").asString(), true);
    assertThat(KeyTopic.values()).anyMatch(value -> value.contains(id)).noneMatch(value -> value.contains(secret));
  }

  @Test
  void a_list_of_keys_has_pages() {
    List<String> made = IntStream.range(0, 3).mapToObj(_ -> make("admin").body().at("/key/id").asString()).toList();
    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(first, "/v1/keys?limit=2" + cursor, admin()).body();
      assertThat(page.path("keys").size()).isBetween(1, 2);
      page.path("keys").forEach(key -> listed.add(key.path("id").asString()));
      cursor = page.path("next_cursor").asStringOpt().map(next -> "&cursor=" + next).orElse("");
    } while (!cursor.isEmpty());
    assertThat(listed).doesNotHaveDuplicates().endsWith(made.toArray(String[]::new));
    assertThat(get(first, "/v1/keys?limit=500", admin()).body().path("keys").size()).isEqualTo(listed.size());
    for (String bad : List.of("limit=0", "limit=501", "limit=x", "limit=")) {
      assertProblem(get(first, "/v1/keys?" + bad, admin()), 400, "bad-limit");
    }
    assertProblem(get(first, "/v1/keys?cursor=x", admin()), 400, "bad-cursor");
  }

  @Test
  void a_key_says_when_and_where_it_was_last_used() {
    JsonNode made = make("admin").body();
    String path = "/v1/keys/" + made.path("key").path("id").asString();
    assertThat(get(second, path, admin()).body().has("last_used")).isFalse();
    awaitEverywhere(made.path("secret").asString(), true);
    await().atMost(PATIENCE).until(() -> get(second, path, admin()).body().at("/last_used/service").asString("")
        .equals("ledger-command"));
    assertThat(Instant.parse(get(first, path, admin()).body().at("/last_used/at").asString()))
        .isBetween(Instant.now().minus(PATIENCE), Instant.now());
  }

  @Test
  void a_key_manages_no_keys() {
    JsonNode made = make("admin").body();
    String key = made.path("secret").asString();
    String path = "/v1/keys/" + made.path("key").path("id").asString();
    awaitEverywhere(key, true);
    String body = "{\"name\":\"n\",\"scopes\":[\"admin\"],\"expires_at\":\"" + in(Duration.ofHours(1)) + "\"}";
    assertProblem(post(first, "/v1/keys", key, body), 403, "api-key-manages-no-keys");
    assertProblem(post(first, path + "/rotations", key, "{\"previous_expires_at\":\"2020-01-01T00:00:00Z\"}"), 403,
        "api-key-manages-no-keys");
    assertProblem(Http.send(request(first, path, key).DELETE()), 403, "api-key-manages-no-keys");
    JsonNode shown = get(first, path, admin()).body();
    assertThat(shown.path("state").asString()).isEqualTo("active");
    assertThat(shown.has("rotated")).isFalse();
  }

  /** Whoever rotates a key learns its secret. */
  @Test
  void nobody_makes_or_rotates_a_key_that_is_good_for_more_than_they_are() {
    assertProblem(make("finance:write"), 403, "scope-not-held");
    JsonNode made = make("ledger:read").body();
    String path = "/v1/keys/" + made.path("key").path("id").asString();
    String weak = issuer.token("bob@example.com", "admin");
    assertProblem(post(first, path + "/rotations", weak, "{\"previous_expires_at\":\"2020-01-01T00:00:00Z\"}"), 403,
        "scope-not-held");
    assertThat(get(first, path, weak).body()).isEqualTo(made.path("key"));
    assertThat(Http.send(request(first, path, weak).DELETE()).body().path("state").asString()).isEqualTo("revoked");
  }

  @Test
  void a_bound_key_reports_for_its_provider_alone() {
    Http.Answer made = post(first, "/v1/keys", admin(), """
        {"name":"router","scopes":["usage:write"],"provider":"%s","expires_at":"%s"}"""
        .formatted(Wallets.PROVIDER.checksummed(), in(Duration.ofHours(1))));
    assertThat(made.body().path("key").path("provider").asString()).isEqualTo(Wallets.PROVIDER.checksummed());
    String key = made.body().path("secret").asString();
    await().atMost(SOON).until(() -> post(first, "/v1/usage", key, "{}").status() == 400);
    assertProblem(get(first, PATH, key), 403, "insufficient-scope");
  }

  @Test
  void what_cannot_be_made_is_refused_with_all_mistakes() {
    assertProblem(post(first, "/v1/keys", admin(), "{\"scopes\":[\"root\"],\"owner\":1,\"more\":true}"), 400,
        "malformed-request");
    String later = in(Duration.ofHours(1));
    for (String body : List.of("[]", "{", "{\"name\":\"n\",\"scopes\":\"admin\",\"expires_at\":\"" + later + "\"}",
        "{\"name\":\"n\",\"scopes\":[\"admin\",\"admin\"],\"expires_at\":\"" + later + "\"}",
        "{\"name\":\"n\",\"scopes\":[1],\"expires_at\":\"" + later + "\"}",
        "{\"name\":\"n\",\"scopes\":[\"ledger:read:own\"],\"expires_at\":\"" + later + "\"}",
        "{\"name\":\"n\",\"scopes\":[\"admin\"],\"expires_at\":\"tomorrow\"}",
        "{\"name\":\"n\",\"scopes\":[\"admin\"],\"expires_at\":\"2020-01-01T00:00:00Z\"}",
        "{\"name\":\"n\",\"scopes\":[\"admin\"],\"expires_at\":\"+999999999-12-31T23:59:59.999999999Z\"}",
        "{\"name\":\"n\",\"scopes\":[\"admin\"]}")) {
      assertProblem(post(first, "/v1/keys", admin(), body), 400, "malformed-request");
    }
    assertProblem(post(first, "/v1/keys", admin(), " ".repeat(4097)), 413, "too-much-at-once");
    assertProblem(get(first, "/v1/keys/unknown", admin()), 404, "api-key-not-found");
    assertProblem(get(first, "/v1/keys/0000000000000000", admin()), 404, "api-key-not-found");
    assertProblem(Http.send(request(first, "/v1/keys/0000000000000000", admin()).DELETE()), 404, "api-key-not-found");
    assertProblem(Http.send(request(first, "/v1/keys/%27", admin()).DELETE()), 404, "api-key-not-found");
    assertProblem(post(first, "/v1/keys/unknown/rotations", admin(),
        "{\"previous_expires_at\":\"-1000000000-01-01T00:00:00Z\"}"), 404, "api-key-not-found");
  }

  private static void assertProblem(Http.Answer answer, int status, String code) {
    assertThat(answer.body().path("code").asString()).as("%s", answer).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }
}
