package io.neuronledger.contracts.value;

import java.nio.charset.StandardCharsets;

/** The beginning of an external text, for a message: messages never repeat input of unlimited length. */
public final class Excerpt {
  /** The most characters of an excerpt. */
  public static final int LENGTH_MAX = 100;

  private Excerpt() {}

  /**
   * The text, or its first {@link #LENGTH_MAX} characters and an ellipsis. Half a surrogate pair, which no encoder
   * takes, becomes a question mark.
   */
  public static String of(String text) {
    return text.length() <= LENGTH_MAX ? encodable(text) : encodable(text.substring(0, LENGTH_MAX)) + "…";
  }

  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
