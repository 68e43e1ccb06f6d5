package io.neuronledger.contracts.usage;

import io.neuronledger.contracts.value.Excerpt;

/** What names that come from outside must be: short, and without anything that looks like something else. */
final class PrintableText {
  static final int LENGTH_MAX = 200;

  private static final char FIRST_VISIBLE = '!';
  private static final char LAST_VISIBLE = '~';

  private PrintableText() {}

  /** @throws IllegalArgumentException unless it is 1 to 200 visible ASCII characters */
  static void check(String what, String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          what + " must have 1 to " + LENGTH_MAX + " characters, not " + text.length());
    }
    if (!text.chars().allMatch(c -> c >= FIRST_VISIBLE && c <= LAST_VISIBLE)) {
      throw new IllegalArgumentException(
          what + " must be visible ASCII characters without space: " + Excerpt.of(text));
    }
  }
}
