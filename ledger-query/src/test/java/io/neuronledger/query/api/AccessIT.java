package io.neuronledger.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.testkit.servers.OddRequests;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.TestKafka;
import io.neuronledger.testkit.servers.issuer.AccessMatrix;
import io.neuronledger.testkit.servers.issuer.AccessRecords;
import io.neuronledger.testkit.servers.issuer.ApiKeyPublication;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import io.neuronledger.testkit.servers.issuer.WalletTokens;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The service with an issuer: every operation of the document with every kind of credential. */
class AccessIT {
  private static final Set<String> SCOPES =
      Arrays.stream(Scope.values()).map(Scope::tag).collect(Collectors.toCollection(TreeSet::new));
  private static final Set<String> RECORDED = Set.of("finance:read", "finance:write", "admin", "access-log:read");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static TokenIssuer issuer;
  private static WalletTokens wallets;
  private static PostgresServer postgres;
  private static Topic topic;
  private static Service service;

  @BeforeAll
  static void start() {
    issuer = TokenIssuer.start();
    wallets = WalletTokens.start(Clock.systemUTC());
    postgres = PostgresServer.startTemporary();
    topic = new Topic(1);
    service = new Service(postgres, "access", 1,
        Stream.concat(issuer.settings().stream(),
            Stream.of(wallets.setting(), "neuron-ledger.answers.wait-default=PT0.01S",
                "neuron-ledger.dashboard.enabled=true"))
            .map(setting -> "--" + setting).toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    service.close();
    topic.close();
    postgres.close();
    wallets.close();
    issuer.close();
  }

  @Test
  void every_operation_is_allowed_to_whom_the_document_says() {
    List<AccessMatrix.Operation> operations = new ArrayList<>();
    for (ApiDocument.Operation operation : new ApiDocument().operations()) {
      operations.add(new AccessMatrix.Operation(operation.method(), target(operation), alternatives(operation)));
    }
    assertThat(operations).hasSizeGreaterThan(20);
    try (ApiKeyPublication keys = new ApiKeyPublication(TestKafka.bootstrapServers())) {
      AccessMatrix matrix = new AccessMatrix(service.port(), issuer, keys, SCOPES, Optional.of(wallets));
      await().atMost(PATIENCE).until(() -> matrix.publishKeys(operations));
      assertThat(matrix.faults(operations)).isEmpty();
    }
  }

  private static String target(ApiDocument.Operation operation) {
    String path = operation.path().replace("{owner}", AccessMatrix.OWNER)
        .replaceAll("\\{[a-z]+}", Served.PROVIDER.value());
    return operation.names("query").contains("address") ? path + "?address=" + AccessMatrix.OWNER
        : operation.path().endsWith("/events") ? path + "?until=now"
        : operation.path().startsWith("/v1/entries/") || operation.path().startsWith("/v1/alert")
        ? path + "?owner=" + AccessMatrix.OWNER
        : operation.path().equals("/v1/search") ? path + "?q=1&owner=" + AccessMatrix.OWNER : path;
  }

  private static List<Set<String>> alternatives(ApiDocument.Operation operation) {
    return operation.node().path("security").valueStream().map(alternative -> (Set<String>) new TreeSet<>(
        alternative.path("bearer").valueStream().map(scope -> scope.asString()).toList())).toList();
  }

  @Test
  void every_operation_of_finance_and_administrators_is_recorded_once() {
    List<String> expected = new ArrayList<>();
    try (AccessRecords log =
        new AccessRecords(TestKafka.bootstrapServers(), AccessLogPartition.LEDGER_QUERY.number())) {
      for (ApiDocument.Operation operation : new ApiDocument().operations()) {
        RawHttp.Answer answer = RawHttp.send(service.port(), operation.method(), target(operation),
            bearer(SCOPES.toArray(String[]::new)));
        assertThat(answer.body()).doesNotContain("access-log-unavailable");
        if (alternatives(operation).stream().flatMap(Set::stream).anyMatch(RECORDED::contains)) {
          expected.add(operation.node().path("operationId").asString() + " " + answer.status());
        }
      }
      assertThat(expected).hasSizeGreaterThan(12);
      await().atMost(PATIENCE).until(() -> log.answers().size() >= expected.size());
      assertThat(log.answers()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void every_valid_credential_is_told_whose_it_is_and_what_it_is_good_for() {
    JsonNode person = Served.json(get("/v1/caller", "Authorization: Bearer "
        + issuer.token("cfo", "finance:read", "ledger:read")));
    assertThat(person.path("subject").asString()).isEqualTo("cfo");
    assertThat(person.path("credential").asString()).isEqualTo("oidc_token");
    assertThat(person.path("scopes").valueStream().map(JsonNode::asString))
        .containsExactly("ledger:read", "finance:read");
    assertThat(person.has("owner")).isFalse();
    assertThat(Instant.parse(person.path("ends_at").asString())).isAfter(Instant.EPOCH);
    assertThat(Served.json(get("/v1/caller", bearer())).path("scopes")).isEmpty();
  }

  /** As somebody who is responsible for it reads it: who, what, whom, and that nothing is missing. */
  @Test
  void the_access_log_is_read_by_a_scope_of_its_own() {
    String path = "/v1/access-log?service=ledger-query";
    assertThat(get(path, bearer("admin", "finance:read")).status()).isEqualTo(403);
    JsonNode before = Served.json(get(path + "&limit=1", bearer("access-log:read")));
    long end = before.path("end").asLong();
    assertThat(get("/v1/discrepancies?owner=" + AccessMatrix.OWNER, "Authorization: Bearer "
        + issuer.token("cfo", "finance:read")).status()).isIn(200, 503);
    assertThat(get("/v1/settlements", "Authorization: Bearer " + issuer.token("eve", "ledger:read")).status())
        .isEqualTo(403);
    String since = path + "&from=" + end + "&caller=";
    await().atMost(PATIENCE).until(() ->
        Served.json(get(since + "eve", bearer("access-log:read"))).path("records").size() == 2);
    JsonNode asked = Served.json(get(since + "cfo", bearer("access-log:read"))).at("/records/0/record/entry");
    assertThat(asked.path("operation").asString()).isEqualTo("discrepancies");
    assertThat(asked.at("/owners/0").asString()).isEqualTo(AccessMatrix.OWNER);
    assertThat(asked.at("/who/credential").asString()).isEqualTo("oidc_token");
    assertThat(asked.at("/who/from").asString()).isEqualTo("127.0.0.1");
    JsonNode refused = Served.json(get(since + "eve&owner=" + AccessMatrix.OWNER, bearer("access-log:read")));
    assertThat(refused.at("/records/1/record/entry/status").asInt()).isEqualTo(403);
    assertThat(refused.path("faults")).isEmpty();
    assertThat(refused.path("chains").valueStream()).isNotEmpty().allMatch(chain -> chain.path("holds").asBoolean());
    assertThat(Served.json(get(since + "nobody", bearer("access-log:read"))).path("records")).isEmpty();
    for (String bad : List.of("/v1/access-log", "/v1/access-log?service=subscriber", path + "&from=-1",
        path + "&from=999999999", path + "&since=yesterday", path + "&until=+10000-01-01T00:00:00Z",
        path + "&limit=501", path + "&owner=0x12")) {
      assertThat(get(bad, bearer("access-log:read")).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void probes_are_open_without_details_and_metrics_are_not() {
    for (String probe : List.of("liveness", "readiness")) {
      RawHttp.Answer answer = get("/actuator/health/" + probe);
      assertThat(answer.status()).as(probe).isIn(200, 503);
      assertThat(answer.body()).as(probe).doesNotContain("components", "details");
    }
    assertThat(get("/actuator/health/readiness", bearer("metrics:read")).body())
        .contains("\"intake\"", "\"accessLog\"", "\"writable\"");
    assertThat(get("/actuator/health/readiness", bearer("admin", "ledger:read")).body()).doesNotContain("components");
    for (String path : List.of("/actuator/prometheus", "/actuator/health")) {
      assertThat(get(path).status()).as(path).isEqualTo(401);
      assertThat(get(path, bearer("admin", "finance:read")).status()).as(path).isEqualTo(403);
      assertThat(get(path, bearer("metrics:read")).status()).as(path).isIn(200, 503);
    }
    for (String path : List.of("/actuator", "/actuator/health/intake", "/actuator/env")) {
      assertThat(get(path, bearer("metrics:read", "admin")).status()).as(path).isEqualTo(404);
    }
  }

  /** The issuer that a token names decides by whose keys it is verified, and what it may be good for. */
  @Test
  void a_token_of_the_issuer_is_none_of_a_wallet_and_the_other_way_round() throws JOSEException {
    String path = "/v1/ledgers/" + AccessMatrix.OWNER;
    JWTClaimsSet wallet = wallets.claims(AccessMatrix.OWNER).build();
    JWTClaimsSet person = new JWTClaimsSet.Builder(issuer.claims("alice", List.of("ledger:read")).build())
        .claim("ledger_owner", AccessMatrix.OWNER).build();
    assertThat(get(path, "Authorization: Bearer " + wallets.signed(wallet)).status()).isNotIn(401, 403);
    assertThat(get(path, "Authorization: Bearer " + issuer.signed(person)).status()).isNotIn(401, 403);
    SignedJWT symmetric = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256)
        .keyID(wallets.publicKey().getKeyID()).build(), wallet);
    symmetric.sign(new MACSigner(wallets.publicKey().toJSONString().getBytes(StandardCharsets.UTF_8)));
    JWTClaimsSet.Builder changed = new JWTClaimsSet.Builder(wallet);
    for (String token : List.of(
        wallets.signed(person), issuer.signed(wallet),
        wallets.signed(new JWTClaimsSet.Builder(wallet).issuer(issuer.url()).build()),
        issuer.signed(new JWTClaimsSet.Builder(person).issuer(wallets.url()).build()),
        symmetric.serialize(), new PlainJWT(wallet).serialize(),
        wallets.signed(changed.claim("scope", "ledger:read").build()),
        wallets.signed(changed.claim("scope", "ledger:read:own admin").build()),
        wallets.signed(changed.claim("scope", List.of("ledger:read:own")).build()),
        wallets.signed(changed.claim("scope", null).build()),
        wallets.token(AccessMatrix.OWNER.toUpperCase(Locale.ROOT)), wallets.token("alice"),
        wallets.signed(new JWTClaimsSet.Builder(wallet).audience("another-service").build()),
        wallets.signed(new JWTClaimsSet.Builder(wallet).expirationTime(Date.from(Instant.EPOCH)).build()))) {
      assertThat(get(path, "Authorization: Bearer " + token).body()).as(token).contains("\"credential-invalid\"");
    }
    assertThat(get("/v1/ledgers", "Authorization: Bearer " + wallets.signed(new JWTClaimsSet.Builder(wallet)
        .claim("roles", List.of("ledger:read", "admin")).build())).body()).contains("\"insufficient-scope\"");
  }

  /** Whoever has no good token cannot make the service fail, nor see more of it than that they have none. */
  @Test
  void a_hostile_credential_is_refused_and_never_an_error_of_the_service() {
    List<String> headers = new ArrayList<>();
    hostileTokens().forEach(token -> headers.add("Authorization: Bearer " + token));
    for (String scheme : List.of("", "Bearer", "bearer  ", "Basic YTpi", "DPoP x", "Bearer\t" + issuer.token("a"),
        "\u00ff", "Bearer " + "x".repeat(7_000), "Bearer a, Bearer b")) {
      headers.add("Authorization: " + scheme);
    }
    for (String header : headers) {
      RawHttp.Answer answer = get("/v1/ledgers/" + AccessMatrix.OWNER, header);
      assertThat(answer.status()).as(header).isIn(400, 401);
      assertThat(answer.body()).as(header).containsPattern("credential-(missing|invalid)|malformed-request");
    }
    assertThat(headers).hasSizeGreaterThan(1_000);
  }

  private static List<String> hostileTokens() {
    List<String> tokens = new ArrayList<>();
    String good = issuer.token("alice", "admin", "ledger:read");
    String[] parts = good.split("\\.", -1);
    for (String alg : List.of("\"none\"", "\"NONE\"", "\"HS256\"", "\"RS256\"", "\"ES256K\"", "\"ES512\"", "\"EdDSA\"",
        "\"\"", "1", "{}", "null")) {
      for (String more : List.of("", ",\"kid\":\"first\"", ",\"kid\":1", ",\"kid\":\"../../etc/passwd\"",
          ",\"typ\":\"x\"", ",\"crit\":[\"exp\"]", ",\"b64\":false,\"crit\":[\"b64\"]", ",\"zip\":\"DEF\"",
          ",\"jku\":\"http://127.0.0.1:1/keys\"", ",\"jwk\":" + issuer.publicKey().toJSONString())) {
        String header = base64("{\"alg\":" + alg + more + "}");
        tokens.add(header + "." + parts[1] + "." + parts[2]);
        tokens.add(header + "." + parts[1] + ".");
      }
    }
    String claims = "{\"iss\":\"" + issuer.url() + "\",\"aud\":\"neuron-ledger\",\"sub\":\"alice\",\"exp\":4000000000"
        + ",\"roles\":[\"ledger:read\"]}";
    assertThat(get("/v1/status", "Authorization: Bearer " + issuer.signed(claims)).status()).isNotEqualTo(401);
    for (String claim : List.of("\"iss\":1", "\"iss\":{}", "\"aud\":{}", "\"aud\":[1]", "\"aud\":null", "\"exp\":\"x\"",
        "\"exp\":{}", "\"exp\":1e99", "\"exp\":-1", "\"exp\":null", "\"nbf\":\"x\"", "\"nbf\":4000000000", "\"sub\":1",
        "\"sub\":null", "\"sub\":\"\"", "\"sub\":{}", "\"sub\":\"a\\u0000b\"", "\"roles\":{}", "\"roles\":1",
        "\"ledger_owner\":1", "\"ledger_owner\":\"0x\"", "\"ledger_provider\":[]", "\"iat\":\"x\"")) {
      tokens.add(issuer.signed(claims.replace("}", "," + claim + "}")));
    }
    List.of("", "x", "[]", "null", "\"x\"", "{}", "{", "[".repeat(2_000))
        .forEach(json -> tokens.add(issuer.signed(json)));
    SplittableRandom random = new SplittableRandom(15);
    for (int i = 0; i < 1_000; i++) {
      // The last character of a signature has bits that encode nothing: it is left alone.
      int at = random.nextInt(good.length() - 1);
      char other = "Aa0-_.=!".charAt(random.nextInt(8));
      if (good.charAt(at) != other) {
        tokens.add(good.substring(0, at) + other + good.substring(at + 1));
      }
    }
    return tokens;
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void malformed_http_is_refused_before_or_for_the_credential() {
    List<String> requests = new ArrayList<>(OddRequests.of("/v1/admin/unpark"));
    requests.addAll(OddRequests.bodies("/v1/admin/unpark"));
    for (String request : requests) {
      for (String each : List.of(request, request.replaceFirst("\r\n", "\r\n" + bearer("ledger:read") + "\r\n"))) {
        RawHttp.Answer answer = RawHttp.send(service.port(), each);
        assertThat(answer.status()).as(each).matches(status -> (status >= 400 && status < 500) || status == 501
            || status == 505);
        assertThat(answer.mediaType()).as(each).isEqualTo("application/problem+json");
      }
    }
  }

  @Test
  void what_is_not_published_is_not_there() {
    for (String path : List.of("/assets", "/v1", "/v1/ledgers/", "/error", "/index.html", "/login", "/logout",
        "/oauth2/token")) {
      assertThat(get(path, bearer("admin")).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void a_service_without_an_issuer_does_not_start() {
    assertThatThrownBy(() -> new Service(postgres, "access_none", 1, "--neuron-ledger.access.open=false").close())
        .hasStackTraceContaining("NEURON_LEDGER_ACCESS_ISSUER must be the https URL of the OIDC issuer");
  }

  private static RawHttp.Answer get(String path, String... headers) {
    return RawHttp.send(service.port(), "GET", path, headers);
  }

  private static String bearer(String... roles) {
    return "Authorization: Bearer " + issuer.token("alice", roles);
  }
}
