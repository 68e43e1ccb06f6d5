package io.neuronledger.contracts.period;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.value.Excerpt;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a frozen report's bytes, as 64 lower-case hex digits: what {@code sha256sum} prints for the file.
 */
public record ReportHash(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /** @throws IllegalArgumentException for anything else than 64 lower-case hex digits */
  @JsonCreator
  public ReportHash {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("the hash of a report is 64 lower-case hex digits, not " + Excerpt.of(value));
    }
  }

  /** @param digest which has read all bytes of the report */
  public static ReportHash of(MessageDigest digest) {
    return new ReportHash(HexFormat.of().formatHex(digest.digest()));
  }

  /** A digest that has read nothing yet. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
