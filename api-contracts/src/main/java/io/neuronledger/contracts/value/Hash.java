package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/** The hash of a block or a transaction: 32 bytes as {@code 0x} and 64 lower-case hex digits. */
public record Hash(String value) implements Comparable<Hash> {
  private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{64}");

  public Hash {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not 0x and 64 lower-case hex digits: " + value);
    }
  }

  /**
   * Reads a hash in any letter case.
   *
   * @throws IllegalArgumentException unless it is {@code 0x} and 64 hex digits
   */
  @JsonCreator
  public static Hash parse(String hex) {
    return new Hash(hex.toLowerCase(Locale.ROOT));
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
