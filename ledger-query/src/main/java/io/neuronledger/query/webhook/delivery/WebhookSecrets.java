package io.neuronledger.query.webhook.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the secrets by which messages are signed, and encrypts them for the database: whoever reads it signs nothing.
 * AES-GCM with a key from the service's secret, bound to the webhook.
 */
public final class WebhookSecrets {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final String DERIVATION = "HmacSHA256";
  private static final String USE = "neuron-ledger secrets of webhooks";

  private final SecureRandom random = new SecureRandom();
  /** The current one, then the one before, if there is one. */
  private final List<SecretKeySpec> keys = new ArrayList<>();

  public WebhookSecrets(WebhookSettings settings) {
    keys.add(key(settings.secretBytes()));
    settings.previousSecretBytes().ifPresent(bytes -> keys.add(key(bytes)));
  }

  private static SecretKeySpec key(byte[] secret) {
    try {
      Mac mac = Mac.getInstance(DERIVATION);
      mac.init(new SecretKeySpec(secret, DERIVATION));
      return new SecretKeySpec(mac.doFinal(USE.getBytes(StandardCharsets.US_ASCII)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + DERIVATION, e);
    }
  }

  /** A new secret, 32 random bytes. */
  public byte[] make() {
    return random(BYTES);
  }

  /** As its maker receives it. */
  public static String text(byte[] secret) {
    return PREFIX + Base64.getEncoder().encodeToString(secret);
  }

  /** For the database, by the current key. */
  public byte[] encrypted(UUID webhook, byte[] secret) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] text = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), webhook, nonce).doFinal(secret);
      return ByteBuffer.allocate(nonce.length + text.length).put(nonce).put(text).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }

  /** From the database, by the current key or the one before; empty if neither is its key, or for another webhook. */
  Optional<byte[]> decrypted(UUID webhook, byte[] stored) {
    byte[] nonce = Arrays.copyOf(stored, NONCE_BYTES);
    for (SecretKeySpec key : keys) {
      try {
        return Optional.of(cipher(Cipher.DECRYPT_MODE, key, webhook, nonce).doFinal(stored, NONCE_BYTES,
            stored.length - NONCE_BYTES));
      } catch (GeneralSecurityException e) {
        // Not this key's.
      }
    }
    return Optional.empty();
  }

  private static Cipher cipher(int mode, SecretKeySpec key, UUID webhook, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(webhook.toString().getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
