package io.neuronledger.foundation.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.neuronledger.testkit.servers.ManualClock;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Which tokens of an issuer are believed, with its keys read over HTTP. */
class TokensIT {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final TokenIssuer issuer = TokenIssuer.start(CLOCK);
  private final JwtDecoder decoder = decoder(CLOCK);

  @AfterEach
  void stop() {
    issuer.close();
  }

  private JwtDecoder decoder(Clock clock) {
    return Tokens.decoder(issuer.url(), TokenIssuer.AUDIENCE, new IssuerKeys(issuer.url(), clock), clock);
  }

  @Test
  void a_token_of_the_issuer_is_believed_until_it_expires() {
    String token = issuer.token("alice", "finance");
    assertThat(decoder.decode(token).getSubject()).isEqualTo("alice");
    Instant expiry = NOW.plus(Duration.ofMinutes(10));
    assertThatCode(() -> decoder(at(expiry.plusSeconds(29))).decode(token)).doesNotThrowAnyException();
    assertThatThrownBy(() -> decoder(at(expiry.plusSeconds(31))).decode(token)).isInstanceOf(BadJwtException.class);
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  @Test
  void a_token_for_somebody_else_or_without_an_end_is_not() {
    JWTClaimsSet right = issuer.claims("alice", List.of()).build();
    List.of(new JWTClaimsSet.Builder(right).audience("another-service").build(),
        new JWTClaimsSet.Builder(right).audience((String) null).build(),
        new JWTClaimsSet.Builder(right).issuer("https://issuer.example").build(),
        new JWTClaimsSet.Builder(right).issuer(issuer.url() + "/").build(),
        new JWTClaimsSet.Builder(right).issuer(null).build(),
        new JWTClaimsSet.Builder(right).expirationTime(null).build(),
        new JWTClaimsSet.Builder(right).claim("cnf", Map.of("jkt", "x")).build(),
        new JWTClaimsSet.Builder(right).expirationTime(Date.from(NOW.minusSeconds(31))).build(),
        new JWTClaimsSet.Builder(right).notBeforeTime(Date.from(NOW.plusSeconds(31))).build())
        .forEach(claims -> assertBad(issuer.signed(claims)));
    assertThatCode(() -> decoder.decode(issuer.signed(right))).doesNotThrowAnyException();
  }

  @Test
  void a_token_that_the_issuer_did_not_sign_is_not() throws JOSEException {
    JWTClaimsSet claims = issuer.claims("alice", List.of()).build();
    assertBad(issuer.forged(claims));
    assertBad(new PlainJWT(claims).serialize());
    // The public key as the secret of a symmetric signature.
    SignedJWT symmetric = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256)
        .keyID(issuer.publicKey().getKeyID()).build(), claims);
    symmetric.sign(new MACSigner(issuer.publicKey().toJSONString().getBytes(StandardCharsets.UTF_8)));
    assertBad(symmetric.serialize());
    String token = issuer.signed(claims);
    // An algorithm that the JDK lacks: for a library a failure, here the token's fault.
    assertBad(Base64.getUrlEncoder().encodeToString("{\"alg\":\"ES256K\"}".getBytes(StandardCharsets.UTF_8))
        + token.substring(token.indexOf('.')));
    assertBad(token.substring(0, token.lastIndexOf('.') + 1));
    assertBad(token.substring(0, token.length() - 4) + "AAAA");
    assertBad(token + "~");
    assertBad("a.b.c");
    assertBad("x");
  }

  private void assertBad(String token) {
    assertThatThrownBy(() -> decoder.decode(token)).as(token).isInstanceOf(BadJwtException.class);
  }

  @Test
  void an_issuer_that_does_not_answer_is_no_verdict_about_the_token() {
    issuer.setDown(true);
    String token = issuer.token("alice");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(JwtException.class)
          .isNotInstanceOf(BadJwtException.class);
    }
  }

  @Test
  void the_last_keys_are_good_for_an_hour_without_the_issuer() {
    ManualClock clock = new ManualClock();
    JwtDecoder patient = decoder(clock);
    JWTClaimsSet lasting = new JWTClaimsSet.Builder(issuer.claims("alice", List.of()).build())
        .expirationTime(Date.from(NOW.plus(Duration.ofHours(9)))).build();
    String token = issuer.signed(lasting);
    patient.decode(token);
    issuer.setDown(true);
    for (Duration later : List.of(Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofMinutes(54),
        Duration.ofSeconds(58))) {
      clock.pass(later);
      assertThatCode(() -> patient.decode(token)).as("%s", clock.instant()).doesNotThrowAnyException();
      // Whatever is sent meanwhile, and an unknown key is no verdict.
      assertThatThrownBy(() -> patient.decode(issuer.forgedByUnknownKey(lasting))).isInstanceOf(JwtException.class)
          .isNotInstanceOf(BadJwtException.class);
    }
    clock.pass(Duration.ofMinutes(1));
    assertThatThrownBy(() -> patient.decode(token)).isInstanceOf(JwtException.class)
        .isNotInstanceOf(BadJwtException.class);
    issuer.setDown(false);
    clock.pass(Duration.ofSeconds(30));
    assertThatCode(() -> patient.decode(token)).doesNotThrowAnyException();
  }

  /** Its answers never end: a deadline between two bytes does not help. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void an_issuer_that_hangs_holds_up_nobody_whose_key_is_known() {
    ManualClock clock = new ManualClock();
    JwtDecoder current = decoder(clock);
    String token = issuer.signed(new JWTClaimsSet.Builder(issuer.claims("alice", List.of()).build())
        .expirationTime(Date.from(NOW.plus(Duration.ofHours(9)))).build());
    current.decode(token);
    issuer.setHanging(true);
    clock.pass(Duration.ofMinutes(5));
    assertThatCode(() -> current.decode(token)).doesNotThrowAnyException();
    clock.pass(Duration.ofMinutes(1));
    assertThatCode(() -> current.decode(token)).doesNotThrowAnyException();
    assertThatThrownBy(() -> current.decode(issuer.forgedByUnknownKey(issuer.claims("a", List.of()).build())))
        .isInstanceOf(JwtException.class).isNotInstanceOf(BadJwtException.class);
    issuer.setHanging(false);
    clock.pass(Duration.ofSeconds(30));
    assertThatCode(() -> current.decode(token)).doesNotThrowAnyException();
  }

  @Test
  void an_issuer_of_another_name_is_not_believed() {
    JwtDecoder other = Tokens.decoder(issuer.url() + "/", TokenIssuer.AUDIENCE,
        new IssuerKeys(issuer.url() + "/", CLOCK), CLOCK);
    assertThatThrownBy(() -> other.decode(issuer.token("alice"))).isInstanceOf(JwtException.class)
        .isNotInstanceOf(BadJwtException.class);
    assertThat(issuer.keyReads()).isZero();
  }

  /** Anybody can send tokens with invented key ids: the issuer must not be asked for each. */
  @Test
  void unknown_keys_make_the_issuer_be_asked_seldom() {
    ManualClock clock = new ManualClock();
    JwtDecoder busy = decoder(clock);
    JWTClaimsSet claims = issuer.claims("mallory", List.of()).build();
    busy.decode(issuer.token("alice"));
    for (int second = 0; second < 60; second++) {
      assertThatThrownBy(() -> busy.decode(issuer.forgedByUnknownKey(claims))).isInstanceOf(BadJwtException.class);
      clock.pass(Duration.ofSeconds(1));
    }
    assertThat(issuer.keyReads()).isEqualTo(2);
    assertThatCode(() -> busy.decode(issuer.token("alice"))).doesNotThrowAnyException();
  }

  @Test
  void a_new_key_of_the_issuer_is_read_and_the_old_one_is_no_longer_good() {
    ManualClock clock = new ManualClock();
    JwtDecoder current = decoder(clock);
    String old = issuer.token("alice");
    current.decode(old);
    issuer.rotate();
    clock.pass(Duration.ofSeconds(30));
    assertThat(current.decode(issuer.token("bob")).getSubject()).isEqualTo("bob");
    clock.pass(Duration.ofSeconds(29));
    assertThatCode(() -> current.decode(old)).as("verified less than a minute ago").doesNotThrowAnyException();
    clock.pass(Duration.ofSeconds(1));
    assertThatThrownBy(() -> current.decode(old)).isInstanceOf(BadJwtException.class);
    assertThatThrownBy(() -> current.decode(old)).isInstanceOf(BadJwtException.class);
  }

  /** Nothing but the signature is remembered, and only that of the very same token. */
  @Test
  void a_verified_token_still_expires_and_vouches_for_no_other() {
    ManualClock clock = new ManualClock();
    JwtDecoder current = decoder(clock);
    String token = issuer.signed(new JWTClaimsSet.Builder(issuer.claims("alice", List.of()).build())
        .expirationTime(Date.from(NOW.plusSeconds(10))).build());
    current.decode(token);
    clock.pass(Duration.ofSeconds(39));
    assertThatCode(() -> current.decode(token)).doesNotThrowAnyException();
    assertThatThrownBy(() -> current.decode(token + "AAAA")).isInstanceOf(BadJwtException.class);
    assertThatThrownBy(() -> current.decode(token.substring(0, token.lastIndexOf('.') + 1)))
        .isInstanceOf(BadJwtException.class);
    clock.pass(Duration.ofSeconds(2));
    assertThatThrownBy(() -> current.decode(token)).isInstanceOf(BadJwtException.class);
  }
}
