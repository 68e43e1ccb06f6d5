package io.neuronledger.foundation.evm;

import io.neuronledger.contracts.value.Excerpt;
import java.util.HexFormat;

/** JSON-RPC's bytes: {@code 0x} and two hex digits for each. */
public final class HexData {
  private static final String PREFIX = "0x";

  private HexData() {}

  /**
   * Checks the text and returns it unchanged.
   *
   * @throws IllegalArgumentException unless it is {@code 0x} and an even number of hex digits
   */
  public static String parse(String text) {
    if (!text.startsWith(PREFIX) || text.length() % 2 != 0 || !isHex(text, PREFIX.length())) {
      throw new IllegalArgumentException("not 0x and hex bytes: " + Excerpt.of(text));
    }
    return text;
  }

  public static String of(byte[] bytes) {
    return PREFIX + HexFormat.of().formatHex(bytes);
  }

  /** @throws IllegalArgumentException unless it is {@code 0x} and an even number of hex digits */
  public static byte[] toBytes(String text) {
    return toBytes(text, PREFIX.length());
  }

  /** The bytes from the index of a digit on; none where the text is shorter. */
  static byte[] toBytes(String text, int from) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("data without 0x");
    }
    return HexFormat.of().parseHex(text, Math.min(from, text.length()), text.length());
  }

  /** Whether all characters from {@code from} on are hex digits. */
  static boolean isHex(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
