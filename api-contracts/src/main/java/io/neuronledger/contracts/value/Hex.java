package io.neuronledger.contracts.value;

import java.util.Locale;

/** The form of addresses and hashes. A loop, because every record of every topic is checked, several times each. */
final class Hex {
  private static final String PREFIX = "0x";

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
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
