package io.neuronledger.testkit.servers.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OIDC issuer on loopback for tests: a discovery document, public keys, and tokens with any claims. It signs
 * whatever it is given and knows no users.
 */
public final class TokenIssuer implements AutoCloseable {
  /** The audience of {@link #claims}. */
  public static final String AUDIENCE = "neuron-ledger";

  /** The setting of a service that hashes API keys; the same for all services of a test. */
  public static final String API_KEYS_SETTING =
      "neuron-ledger.access.api-keys.secret=dGVzdC10ZXN0LXRlc3QtdGVzdC10ZXN0LXRlc3QtdGU=";

  private static final Duration VALID = Duration.ofMinutes(10);
  private static final long DRIP_MS = 200;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final Clock clock;
  private final AtomicInteger keyReads = new AtomicInteger();
  private volatile boolean isDown;
  private volatile CountDownLatch hanging = new CountDownLatch(0);
  private volatile ECKey key = newKey("first");

  private TokenIssuer(HttpServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  public static TokenIssuer start() {
    return start(Clock.systemUTC());
  }

  /** @param clock by which tokens expire */
  public static TokenIssuer start(Clock clock) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TokenIssuer issuer = new TokenIssuer(server, clock);
      server.createContext("/.well-known/openid-configuration", exchange -> issuer.answer(exchange,
          JSONObjectUtils.toJSONString(Map.of("issuer", issuer.url(), "jwks_uri", issuer.url() + "/keys"))));
      server.createContext("/keys", exchange -> {
        issuer.keyReads.incrementAndGet();
        issuer.answer(exchange, new JWKSet(issuer.key.toPublicJWK()).toString());
      });
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(isDown ? UNAVAILABLE : OK, 0);
    drip(exchange.getResponseBody());
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** One blank after the other while the issuer hangs: no read waits long, and no answer ends. */
  private void drip(OutputStream body) throws IOException {
    try {
      while (!hanging.await(DRIP_MS, TimeUnit.MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The issuer, as in its tokens. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The settings of a service that believes this issuer, each {@code key=value}. */
  public List<String> settings() {
    return List.of("neuron-ledger.access.open=false", "neuron-ledger.access.issuer=" + url(),
        "neuron-ledger.access.audience=" + AUDIENCE);
  }

  /** Claims that are valid now, for a change before they are signed. */
  public JWTClaimsSet.Builder claims(String subject, List<String> roles) {
    return new JWTClaimsSet.Builder().subject(subject).issuer(url()).audience(AUDIENCE)
        .issueTime(Date.from(clock.instant())).expirationTime(Date.from(clock.instant().plus(VALID)))
        .claim("roles", roles);
  }

  /** A valid token. */
  public String token(String subject, String... roles) {
    return signed(claims(subject, List.of(roles)).build());
  }

  public String signed(JWTClaimsSet claims) {
    return signed(claims, key);
  }

  /** A token of this issuer with any payload, also one that is not made of claims. */
  public String signed(String payload) {
    try {
      JWSObject token = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT)
          .keyID(key.getKeyID()).build(), new Payload(payload));
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same claims signed by a key of somebody else, under the name of this issuer's key. */
  public String forged(JWTClaimsSet claims) {
    return signed(claims, newKey(key.getKeyID()));
  }

  /** The same claims signed by a key that this issuer has never had. */
  public String forgedByUnknownKey(JWTClaimsSet claims) {
    return signed(claims, newKey("unknown"));
  }

  private static String signed(JWTClaimsSet claims, ECKey key) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT)
          .keyID(key.getKeyID()).build(), claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on it signs with another key and publishes only that one. */
  public void rotate() {
    key = newKey(key.getKeyID() + "-next");
  }

  /** The public key, as published. */
  public ECKey publicKey() {
    return key.toPublicJWK();
  }

  /** From now on, until it is called with false, every question is answered with 503. */
  public void setDown(boolean down) {
    isDown = down;
  }

  /** From now on, until it is called with false, no answer ends. */
  public void setHanging(boolean hangs) {
    hanging.countDown();
    hanging = new CountDownLatch(hangs ? 1 : 0);
  }

  /** How often the keys were read. */
  public int keyReads() {
    return keyReads.get();
  }

  private static ECKey newKey(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    setHanging(false);
    server.stop(0);
  }
}
