package io.neuronledger.command.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Sign-in over HTTP: two instances on one database, of which one has a node, and one has a node that is away. */
class SignInHttpIT {
  private static final String KEY = Messages.base64(Messages.newKey("EC", 256).getPrivate());
  private static final String CONTRACT = "0x0000000000000000000000000000000000123456";
  private static final String ACCEPTS = "0x631626ba7e60e01b60005260206000f3";
  private static final String REVERTS = "0x60006000fd";
  private static Anvil node;
  private static TokenIssuer issuer;
  private static Service service;
  private static Service other;

  @BeforeAll
  static void start() {
    Servers.freshTopics(1);
    node = Anvil.start();
    issuer = TokenIssuer.start();
    String database = Servers.freshSchema();
    service = Service.start(database, 1, settings(node.rpcUrl()));
    other = Service.start(database, 1, settings("http://127.0.0.1:" + FreePort.find()));
  }

  private static String[] settings(String nodeUrl) {
    return Stream.concat(issuer.settings().stream(), Map.of("issuer", Messages.ISSUER, "domain", Messages.DOMAIN,
        "uri", Messages.URI, "chain-id", "31337", "key", KEY, "nonce-secret", Messages.SECRET, "node", nodeUrl)
        .entrySet().stream().map(each -> "neuron-ledger.sign-in." + each.getKey() + "=" + each.getValue()))
        .toArray(String[]::new);
  }

  @AfterAll
  static void stop() {
    other.close();
    service.close();
    issuer.close();
    node.close();
  }

  private static String nonce() {
    Http.Answer offer = Http.send(HttpRequest.newBuilder(URI.create(service.url("/v1/sign-in/nonces")))
        .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(offer.status()).isEqualTo(200);
    assertThat(offer.body().path("domain").asString()).isEqualTo(Messages.DOMAIN);
    assertThat(offer.body().path("uri").asString()).isEqualTo(Messages.URI);
    assertThat(offer.body().path("chain_id").asString()).isEqualTo("31337");
    return offer.body().path("nonce").asString();
  }

  private static String body(String message, byte[] signature) {
    return JsonMapper.shared().writeValueAsString(Map.of("message", message, "signature", Messages.hex(signature)));
  }

  private static Http.Answer sent(Service instance, DevWallet signer, String message) {
    return Http.post(instance.url("/v1/sign-in"), body(message, Messages.signed(signer, message)));
  }

  private static String message() {
    return Messages.message(Messages.ALICE, nonce(), Instant.now());
  }

  private static void assertProblem(Http.Answer answer, int status, String code) {
    assertThat(answer.body().path("code").asString()).as("%s", answer).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void a_wallet_signs_in_at_any_instance_and_once() {
    String message = message();
    Http.Answer signedIn = sent(other, Messages.ALICE, message);
    assertThat(signedIn.status()).isEqualTo(200);
    assertThat(signedIn.body().path("owner").asString()).isEqualTo(Messages.ALICE.address().checksummed());
    assertThat(signedIn.body().path("expires_in").asInt()).isEqualTo(3_600);
    assertThat(signedIn.body().path("token_type").asString()).isEqualTo("Bearer");
    assertThat(signedIn.body().path("access_token").asString().split("\\.", -1)).hasSize(3);
    assertProblem(sent(service, Messages.ALICE, message), 401, "sign-in-refused");
    assertThat(RawHttp.send(port(), "GET", "/v1/keys", "Authorization: Bearer "
        + signedIn.body().path("access_token").asString()).status()).as("good for no operation here").isEqualTo(401);
  }

  @Test
  void a_wrong_signature_is_refused_with_a_challenge() {
    String message = message();
    assertProblem(sent(service, Messages.BOB, message), 401, "sign-in-refused");
    RawHttp.Answer raw = RawHttp.send(port(), post(body(message, Messages.signed(Messages.BOB, message)), "x"));
    assertThat(raw.status()).isEqualTo(401);
    assertThat(raw.header("WWW-Authenticate")).contains("Bearer realm=\"neuron-ledger\"");
    assertThat(raw.header("Set-Cookie")).isEmpty();
    assertThat(raw.header("Cache-Control")).hasValueSatisfying(value -> assertThat(value).contains("no-store"));
  }

  /** What a request says about its own host is no evidence. */
  @Test
  void the_header_host_changes_nothing() {
    String message = message();
    String foreign = message.replaceFirst(Messages.DOMAIN, "evil.example");
    assertThat(RawHttp.send(port(), post(body(foreign, Messages.signed(Messages.ALICE, foreign)), "evil.example"))
        .status()).isEqualTo(401);
    assertThat(RawHttp.send(port(), post(body(message, Messages.signed(Messages.ALICE, message)), "evil.example"))
        .status()).isEqualTo(200);
  }

  private static String post(String body, String host) {
    return "POST /v1/sign-in HTTP/1.1\r\nHost: " + host + "\r\nX-Forwarded-Host: " + host
        + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
        + body;
  }

  @Test
  void a_contract_wallet_is_asked_whether_it_accepts() {
    node.rpc().call("anvil_setCode", CONTRACT, ACCEPTS);
    String message = Messages.message(CONTRACT, nonce(), Instant.now());
    assertProblem(Http.post(other.url("/v1/sign-in"), body(message, new byte[100])), 503, "signature-not-checked");
    Http.Answer signedIn = Http.post(service.url("/v1/sign-in"), body(message, new byte[100]));
    assertThat(signedIn.status()).as("the nonce was not used up: %s", signedIn).isEqualTo(200);
    assertThat(signedIn.body().path("owner").asString()).isEqualTo(CONTRACT);
    node.rpc().call("anvil_setCode", CONTRACT, REVERTS);
    for (int length : List.of(1, 65, 4_096)) {
      assertProblem(Http.post(service.url("/v1/sign-in"),
          body(Messages.message(CONTRACT, nonce(), Instant.now()), new byte[length])), 401, "sign-in-refused");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{}", "null", "{\"message\":1,\"signature\":\"0x00\"}",
      "{\"message\":\"x\",\"signature\":\"0x00\"}", "{\"message\":\"x\"}", "{\"signature\":\"0x00\"}",
      "{\"message\":null,\"signature\":null}"})
  void what_is_no_sign_in_is_a_malformed_request(String body) {
    assertProblem(Http.post(service.url("/v1/sign-in"), body), 400, "malformed-request");
  }

  @Test
  void a_signature_is_hex_of_a_limited_length() {
    List<String> wrong = new ArrayList<>(List.of("0x", "", "00", "0x0", "0xgg", "0x" + "00".repeat(4_097)));
    String message = message();
    for (String signature : wrong) {
      assertProblem(Http.post(service.url("/v1/sign-in"), JsonMapper.shared().writeValueAsString(
          Map.of("message", message, "signature", signature))), 400, "malformed-request");
    }
    assertProblem(Http.post(service.url("/v1/sign-in"), JsonMapper.shared().writeValueAsString(
        Map.of("message", message, "signature", "0x00", "more", "x"))), 400, "malformed-request");
    assertProblem(Http.post(service.url("/v1/sign-in"), "{\"message\":\"" + "x".repeat(20_000) + "\"}"), 413,
        "too-much-at-once");
  }

  @Test
  void the_keys_are_public_ones() {
    Http.Answer keys = Http.get(service.url("/v1/sign-in/keys"));
    assertThat(keys.status()).isEqualTo(200);
    assertThat(keys.body().path("keys")).hasSize(1);
    assertThat(keys.body()).isEqualTo(Http.get(other.url("/v1/sign-in/keys")).body());
  }

  @Test
  void without_settings_nobody_signs_in() {
    try (Service off = Service.start(Servers.freshSchema(), 1)) {
      assertProblem(Http.send(HttpRequest.newBuilder(URI.create(off.url("/v1/sign-in/nonces")))
          .POST(HttpRequest.BodyPublishers.noBody())), 404, "sign-in-off");
      assertProblem(Http.post(off.url("/v1/sign-in"), "{}"), 404, "sign-in-off");
      assertProblem(Http.get(off.url("/v1/sign-in/keys")), 404, "sign-in-off");
    }
  }

  @Test
  void an_open_service_or_one_with_two_issuers_of_one_name_does_not_start() {
    String[] open = Stream.of(settings("")).filter(each -> !each.startsWith("neuron-ledger.access."))
        .toArray(String[]::new);
    assertThatThrownBy(() -> Service.start(Servers.freshSchema(), 1, open).close())
        .hasStackTraceContaining("an open service signs nobody in");
    String[] same = Stream.of(settings("")).map(each -> each.replace(Messages.ISSUER, issuer.url()))
        .toArray(String[]::new);
    assertThatThrownBy(() -> Service.start(Servers.freshSchema(), 1, same).close())
        .hasStackTraceContaining("NEURON_LEDGER_SIGN_IN_ISSUER must be the URL of ledger-command, beside");
  }

  private static int port() {
    return URI.create(service.url("/")).getPort();
  }
}
