package io.neuronledger.command.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.signin.SignIn.Session;
import io.neuronledger.command.signin.message.SignInMessage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.ManualClock;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Every reason to refuse a sign-in, with a clock that the test moves and the nonces in the real database. */
class SignInIT {
  private static final String KEY = Messages.base64(Messages.newKey("EC", 256).getPrivate());
  private static JdbcClient jdbc;

  private final ManualClock clock = new ManualClock();
  private final SignIn signIn = instance();

  @BeforeAll
  static void migrate() {
    String database = Servers.freshSchema();
    CommandFixture.on(database, 1).close();
    jdbc = JdbcClient.create(Servers.database(database).running().on(database));
  }

  private SignIn instance() {
    return new SignIn(Messages.settings(KEY, ""), "neuron-ledger", jdbc, clock);
  }

  private String message() {
    return Messages.message(Messages.ALICE, signIn.offer().nonce(), clock.instant());
  }

  private static Session sent(SignIn instance, DevWallet signer, String message) {
    return instance.signIn(SignInMessage.parse(message), Messages.signed(signer, message));
  }

  private void assertRefused(String message, String why) {
    assertThatThrownBy(() -> sent(signIn, Messages.ALICE, message)).isInstanceOfSatisfying(Refusal.class, refusal ->
        assertThat(refusal.code().code()).isEqualTo("sign-in-refused")).hasMessageContaining(why);
  }

  @Test
  void a_wallet_gets_a_token_for_itself_and_for_nothing_else() throws ParseException, JOSEException {
    Session session = sent(signIn, Messages.ALICE, message());
    assertThat(session.owner()).isEqualTo(Messages.ALICE.address());
    assertThat(session).asString().doesNotContain(session.token());
    SignedJWT token = SignedJWT.parse(session.token());
    JWKSet published = JWKSet.parse(signIn.publishedKeys());
    assertThat(token.verify(new ECDSAVerifier(
        published.getKeyByKeyId(token.getHeader().getKeyID()).toECKey()))).isTrue();
    assertThat(published.containsNonPublicKeys()).isFalse();
    assertThat(token.getHeader().toJSONObject()).containsOnlyKeys("alg", "typ", "kid");
    assertThat(token.getPayload().toJSONObject()).isEqualTo(Map.of("iss", Messages.ISSUER,
        "aud", "neuron-ledger", "sub", Messages.ALICE.address().value(), "scope", "ledger:read:own",
        "iat", clock.instant().getEpochSecond(), "exp", clock.instant().getEpochSecond() + 3_600));
  }

  /** Whether the nonce was stored is unknown then: to send the same again, as a usage report, would not help. */
  @Test
  void without_the_database_another_nonce_is_to_be_asked_for() {
    SignIn cutOff = new SignIn(Messages.settings(KEY, ""), "neuron-ledger",
        JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + FreePort.find() + "/none")),
        clock);
    String message = message();
    assertThatThrownBy(() -> sent(cutOff, Messages.ALICE, message)).isInstanceOfSatisfying(Refusal.class, refusal ->
        assertThat(refusal.code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE))
        .hasMessageContaining("ask for another nonce");
  }

  @Test
  void a_token_ends_with_its_message() {
    Instant end = clock.instant().plusSeconds(60);
    assertThat(sent(signIn, Messages.ALICE, message() + "\nExpiration Time: " + end).expiresAt()).isEqualTo(end);
    assertThat(sent(signIn, Messages.ALICE, message() + "\nExpiration Time: " + clock.instant().plusSeconds(3_601))
        .expiresAt()).isEqualTo(clock.instant().plusSeconds(3_600));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '>', textBlock = """
      ledger.example:8082 wants > evil.example wants > domain
      ledger.example:8082 wants > ledger.example wants > domain
      ledger.example:8082 wants > Ledger.example:8082 wants > domain
      ledger.example:8082 wants > user@ledger.example:8082 wants > domain
      ledger.example:8082 wants > http://ledger.example:8082 wants > scheme
      8082/sign-in > 8082/sign-in/ > URI
      8082/sign-in > 8082/sign-in?a > URI
      8082/sign-in > 8083/sign-in > URI
      Chain ID: 31337 > Chain ID: 1 > chain
      Chain ID: 31337 > Chain ID: 031337 > chain
      """)
  void a_message_for_somebody_else_is_refused(String part, String other, String why) {
    assertThat(message()).contains(part);
    assertRefused(message().replace(part, other), why);
  }

  private String messageOfThePage() {
    return message().replace(Messages.DOMAIN + " wants", "page.example wants").replace(Messages.URI, Messages.PAGE);
  }

  /** A wallet warns of a page that asks in another's name, so the page has to ask in its own. */
  @Test
  void a_web_page_asks_in_its_own_name() {
    assertThat(sent(signIn, Messages.ALICE, messageOfThePage()).owner()).isEqualTo(Messages.ALICE.address());
    assertThat(sent(signIn, Messages.ALICE, "https://" + messageOfThePage()).owner())
        .isEqualTo(Messages.ALICE.address());
    assertRefused("http://" + messageOfThePage(), "the scheme of the message is not that of " + Messages.PAGE);
    assertRefused(messageOfThePage().replace("page.example wants", "evil.example wants"),
        "the domain of the message is not page.example");
    assertRefused(messageOfThePage().replace("page.example wants", Messages.DOMAIN + " wants"),
        "the domain of the message is not page.example");
    assertRefused(messageOfThePage().replace(Messages.PAGE, Messages.URI),
        "the domain of the message is not " + Messages.DOMAIN);
    assertRefused(messageOfThePage().replace(Messages.PAGE, "https://page.example"),
        "the domain of the message is not " + Messages.DOMAIN);
  }

  @Test
  void the_scheme_and_a_statement_may_be_named() {
    assertThat(sent(signIn, Messages.ALICE, "https://" + message()).owner()).isEqualTo(Messages.ALICE.address());
    assertThat(sent(signIn, Messages.ALICE, message().replace("\n\n\n", "\n\nI read my ledger.\n\n")).owner())
        .isEqualTo(Messages.ALICE.address());
  }

  @Test
  void a_signature_of_another_wallet_or_for_another_message_is_refused() {
    String message = message();
    assertThatThrownBy(() -> sent(signIn, Messages.BOB, message)).hasMessageContaining("signature");
    byte[] other = Messages.signed(Messages.ALICE, message.replace("31337", "31338"));
    assertThatThrownBy(() -> signIn.signIn(SignInMessage.parse(message), other)).hasMessageContaining("signature");
    assertThatThrownBy(() -> signIn.signIn(SignInMessage.parse(message), new byte[65]))
        .hasMessageContaining("signature");
    assertThat(sent(signIn, Messages.ALICE, message).owner()).as("the nonce is not used up by failures")
        .isEqualTo(Messages.ALICE.address());
  }

  /** Seconds from now; a wallet's clock may be a minute ahead. */
  @ParameterizedTest
  @CsvSource({"60, ''", "61, future", "-300, ''", "-301, ago"})
  void a_message_is_new(int seconds, String why) {
    String message = message().replace(clock.instant().toString(), clock.instant().plusSeconds(seconds).toString());
    if (why.isEmpty()) {
      assertThat(sent(signIn, Messages.ALICE, message).owner()).isEqualTo(Messages.ALICE.address());
    } else {
      assertRefused(message, why);
    }
  }

  @Test
  void expiry_and_begin_of_a_message_are_honoured() {
    assertRefused(message() + "\nExpiration Time: " + clock.instant(), "expired");
    assertRefused(message() + "\nNot Before: " + clock.instant().plusMillis(1), "not valid yet");
    assertThat(sent(signIn, Messages.ALICE, message() + "\nExpiration Time: " + clock.instant().plusMillis(1_000)
        + "\nNot Before: " + clock.instant()).owner()).isEqualTo(Messages.ALICE.address());
  }

  @Test
  void a_nonce_is_good_for_five_minutes() {
    String nonce = signIn.offer().nonce();
    clock.pass(Duration.ofSeconds(299));
    assertThat(sent(signIn, Messages.ALICE, Messages.message(Messages.ALICE, nonce, clock.instant())).owner())
        .isEqualTo(Messages.ALICE.address());
    String late = signIn.offer().nonce();
    clock.pass(Duration.ofMinutes(5));
    assertRefused(Messages.message(Messages.ALICE, late, clock.instant()), "nonce");
  }

  @Test
  void a_nonce_of_somebody_else_is_refused() {
    assertRefused(Messages.message(Messages.ALICE, "32891756", clock.instant()), "nonce");
    String nonce = signIn.offer().nonce();
    String forged = nonce.substring(0, 63) + (nonce.charAt(63) == '0' ? '1' : '0');
    assertRefused(Messages.message(Messages.ALICE, forged, clock.instant()), "nonce");
  }

  @Test
  void a_nonce_is_used_once_over_all_instances_also_by_another_wallet() {
    String nonce = signIn.offer().nonce();
    String message = Messages.message(Messages.ALICE, nonce, clock.instant());
    assertThat(sent(signIn, Messages.ALICE, message).owner()).isEqualTo(Messages.ALICE.address());
    assertRefused(message, "used before");
    assertThatThrownBy(() -> sent(instance(), Messages.ALICE, message)).hasMessageContaining("used before");
    assertThatThrownBy(() -> sent(instance(), Messages.BOB, Messages.message(Messages.BOB, nonce, clock.instant())))
        .hasMessageContaining("used before");
  }

  @Test
  void of_many_at_once_one_is_signed_in() throws InterruptedException {
    String message = message();
    List<Future<Session>> all = new ArrayList<>();
    CompletableFuture<Void> start = new CompletableFuture<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        SignIn instance = instance();
        all.add(threads.submit(() -> start.thenApply(_ -> sent(instance, Messages.ALICE, message)).get()));
      }
      assertThat(start.complete(null)).isTrue();
      int signedIn = 0;
      for (Future<Session> each : all) {
        try {
          signedIn += each.get().owner().equals(Messages.ALICE.address()) ? 1 : 0;
        } catch (ExecutionException e) {
          assertThat(e).hasStackTraceContaining("used before");
        }
      }
      assertThat(signedIn).isEqualTo(1);
    }
  }

  @Test
  void used_nonces_are_removed_some_minutes_after_their_expiry() {
    Session _ = sent(signIn, Messages.ALICE, message());
    Instant expiry = clock.instant().plusSeconds(300);
    clock.pass(Duration.ofMinutes(15));
    Session _ = sent(signIn, Messages.ALICE, message());
    assertThat(count(expiry)).as("until ten minutes after").isPositive();
    clock.pass(Duration.ofMinutes(1));
    Session _ = sent(signIn, Messages.ALICE, message());
    assertThat(count(expiry)).isZero();
    assertThat(count(expiry.plus(Duration.ofHours(1)))).isPositive();
  }

  private static long count(Instant until) {
    return jdbc.sql("SELECT count(*) FROM used_nonce WHERE expires_at <= :until")
        .param("until", until.atOffset(ZoneOffset.UTC)).query(Long.class).single();
  }
}
