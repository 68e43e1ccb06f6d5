package io.neuronledger.foundation.access.key;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** The HMAC-SHA-256 of an API key, in base64url: all that is stored of it. Not shown in logs. */
public final class KeyHash {
  private static final int BYTES = 32;

  private final byte[] bytes;

  /** @throws IllegalArgumentException unless there are 32 bytes */
  KeyHash(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /** @throws IllegalArgumentException unless it is 32 bytes in base64url */
  @JsonCreator
  public static KeyHash parse(String text) {
    return new KeyHash(Base64.getUrlDecoder().decode(text));
  }

  @JsonValue
  String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** In a time that does not depend on where they differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof KeyHash hash && MessageDigest.isEqual(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "KeyHash";
  }
}
