package io.neuronledger.contracts.value;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The form of addresses and hashes. Every record of every topic is checked, several times each: a table per digit, as
 * {@link HexFormat} has it, costs a third of comparisons, whose outcome is random.
 */
final class Hex {
  private static final String PREFIX = "0x";
  /** A bit of 0 to 9 and a to f, and of no upper-case letter. */
  private static final int LOWER_CASE = 0x20;

  private Hex() {}

  /** The text with its digits in lower case; unchanged where it does not begin with {@code 0x}. */
  static String lowerCase(String text) {
    return text.startsWith(PREFIX) ? text.toLowerCase(Locale.ROOT) : text;
  }

  /** Whether {@code text} is {@code 0x} and {@code digits} lower-case hex digits. */
  static boolean isPrefixed(String text, int digits) {
    if (text.length() != PREFIX.length() + digits || !text.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (!HexFormat.isHexDigit(c) || (c & LOWER_CASE) == 0) {
        return false;
      }
    }
    return true;
  }
}
