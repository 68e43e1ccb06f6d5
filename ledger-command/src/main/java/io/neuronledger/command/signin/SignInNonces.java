package io.neuronledger.command.signin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and recognises nonces. A nonce is 64 hex digits: 12 random bytes, the second at which it expires, and the half
 * of an HMAC-SHA-256 over both, so that nothing is stored for those who ask for nonces and never sign in.
 */
final class SignInNonces {
  /** How long a nonce is good. */
  static final Duration LIFE = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "neuron-ledger sign-in nonce ";
  private static final int RANDOM_BYTES = 12;
  private static final int CLAIM_BYTES = RANDOM_BYTES + Integer.BYTES;
  private static final int MAC_BYTES = 16;
  private static final int CHARACTERS = 2 * (CLAIM_BYTES + MAC_BYTES);

  private final SecretKeySpec secret;
  private final SecureRandom random;
  private final Clock clock;

  SignInNonces(byte[] secret, SecureRandom random, Clock clock) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
    this.random = random;
    this.clock = clock;
  }

  /** @param value letters and digits only, as EIP-4361 demands */
  record Nonce(String value, Instant expiresAt) {}

  Nonce next() {
    Instant expiresAt = clock.instant().plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    byte[] claim = ByteBuffer.allocate(CLAIM_BYTES).put(bytes).putInt((int) expiresAt.getEpochSecond()).array();
    return new Nonce(HexFormat.of().formatHex(claim) + HexFormat.of().formatHex(mac(claim)), expiresAt);
  }

  /** The nonce of this text; empty unless one of this deployment's instances made it. It may have expired. */
  Optional<Nonce> recognised(String text) {
    if (text.length() != CHARACTERS || !text.matches("[0-9a-f]*")) {
      return Optional.empty();
    }
    byte[] bytes = HexFormat.of().parseHex(text);
    byte[] claim = Arrays.copyOf(bytes, CLAIM_BYTES);
    if (!MessageDigest.isEqual(mac(claim), Arrays.copyOfRange(bytes, CLAIM_BYTES, bytes.length))) {
      return Optional.empty();
    }
    return Optional.of(new Nonce(text, Instant.ofEpochSecond(
        Integer.toUnsignedLong(ByteBuffer.wrap(claim).getInt(RANDOM_BYTES)))));
  }

  private byte[] mac(byte[] claim) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(PURPOSE.getBytes(StandardCharsets.US_ASCII));
      return Arrays.copyOf(mac.doFinal(claim), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
