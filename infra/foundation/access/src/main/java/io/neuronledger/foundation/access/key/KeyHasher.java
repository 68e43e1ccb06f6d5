package io.neuronledger.foundation.access.key;

import io.neuronledger.foundation.access.settings.ApiKeySettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes API keys with the secret of the deployment, so that who reads the stored hashes, or writes some, has no key.
 * The hash covers the whole key, id included: the hash of one key is that of no other.
 */
public final class KeyHasher {
  private static final String ALGORITHM = "HmacSHA256";

  /** The current one, then the one before, if there is one. */
  private final List<SecretKeySpec> secrets = new ArrayList<>();

  public KeyHasher(ApiKeySettings settings) {
    secrets.add(new SecretKeySpec(settings.secretBytes(), ALGORITHM));
    settings.previousSecretBytes().ifPresent(bytes -> secrets.add(new SecretKeySpec(bytes, ALGORITHM)));
  }

  /** The hash to store. */
  public KeyHash hash(ApiKey key) {
    return hash(secrets.getFirst(), key);
  }

  /** Whether one of these hashes is the key's, by the current secret or the one before. */
  boolean isAmong(ApiKey key, List<KeyHash> stored) {
    boolean found = false;
    for (SecretKeySpec secret : secrets) {
      KeyHash hash = hash(secret, key);
      for (KeyHash each : stored) {
        found |= hash.equals(each);
      }
    }
    return found;
  }

  private static KeyHash hash(SecretKeySpec secret, ApiKey key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return new KeyHash(mac.doFinal(key.reveal().getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
