package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

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
