package io.neuronledger.contracts.usage;

import io.neuronledger.contracts.value.Excerpt;

/** Validation of external names: short, and without characters that look like others. */
final class PrintableText {
  static final int LENGTH_MAX = 200;

  private static final char FIRST_VISIBLE = '!';
  private static final char LAST_VISIBLE = '~';

  private PrintableText() {}

  /** @throws IllegalArgumentException unless it is 1 to 200 visible ASCII characters */
  static void check(String name, String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          name + " must have 1 to " + LENGTH_MAX + " characters, not " + text.length());
    }
    if (!text.chars().allMatch(c -> c >= FIRST_VISIBLE && c <= LAST_VISIBLE)) {
      throw new IllegalArgumentException(
          name + " must be visible ASCII characters without space: " + Excerpt.of(text));
    }
  }
}
