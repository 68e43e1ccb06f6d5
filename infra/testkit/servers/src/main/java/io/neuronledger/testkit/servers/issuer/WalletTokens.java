package io.neuronledger.testkit.servers.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;

/** Stands in for ledger-command in tests of other services: public keys on loopback, and wallets' tokens. */
public final class WalletTokens implements AutoCloseable {
  private static final Duration VALID = Duration.ofHours(1);
  private static final int OK = 200;

  private final HttpServer server;
  private final Clock clock;
  private volatile ECKey key;

  private WalletTokens(HttpServer server, Clock clock, ECKey key) {
    this.server = server;
    this.clock = clock;
    this.key = key;
  }

  /** @param clock by which tokens expire */
  public static WalletTokens start(Clock clock) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      WalletTokens tokens = new WalletTokens(server, clock, newKey());
      server.createContext("/v1/sign-in/keys", exchange -> {
        byte[] keys = new JWKSet(tokens.publicKey()).toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(OK, keys.length);
        exchange.getResponseBody().write(keys);
        exchange.close();
      });
      server.start();
      return tokens;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on another key is published alone, and signs. */
  public void rotate() {
    key = newKey();
  }

  /** The issuer, as in the tokens. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The setting of a service that accepts these tokens, {@code key=value}. */
  public String setting() {
    return "neuron-ledger.access.wallets.issuer=" + url();
  }

  /** Claims that are valid now, for a change before they are signed. */
  public JWTClaimsSet.Builder claims(String wallet) {
    return new JWTClaimsSet.Builder().subject(wallet).issuer(url()).audience(TokenIssuer.AUDIENCE)
        .issueTime(Date.from(clock.instant())).expirationTime(Date.from(clock.instant().plus(VALID)))
        .claim("scope", "ledger:read:own");
  }

  /**
   * A valid token.
   *
   * @param wallet its address, in lower case
   */
  public String token(String wallet) {
    return signed(claims(wallet).build());
  }

  public String signed(JWTClaimsSet claims) {
    return signed(claims, key, key.getKeyID());
  }

  /** Signed by another key, and named after the published one. */
  public String forged(JWTClaimsSet claims) {
    return signed(claims, newKey(), key.getKeyID());
  }

  private static String signed(JWTClaimsSet claims, ECKey key, String name) {
    try {
      SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT)
          .keyID(name).build(), claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key, as published. */
  public ECKey publicKey() {
    return key.toPublicJWK();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
