package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The hash of a block or a transaction: 32 bytes as {@code 0x} and 64 lower-case hex digits. */
public record Hash(String value) implements Comparable<Hash> {
  private static final int HEX_DIGITS = 64;

  public Hash {
    if (!Hex.isPrefixed(value, HEX_DIGITS)) {
      throw new IllegalArgumentException("not 0x and 64 lower-case hex digits: " + Excerpt.of(value));
    }
  }

  /**
   * Reads a hash, its digits in any letter case.
   *
   * @throws IllegalArgumentException unless it is {@code 0x} and 64 hex digits
   */
  @JsonCreator
  public static Hash parse(String hex) {
    return new Hash(Hex.lowerCase(hex));
  }

  /** @throws IllegalArgumentException unless there are 32 bytes */
  public static Hash of(byte[] bytes) {
    return new Hash("0x" + HexFormat.of().formatHex(bytes));
  }

  /** The chain's hash of these bytes. */
  public static Hash keccak256(byte[] bytes) {
    return of(Keccak256.hash(bytes));
  }

  /** The chain's hash of a text, in UTF-8. */
  public static Hash keccak256(String text) {
    return keccak256(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int compareTo(Hash other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
