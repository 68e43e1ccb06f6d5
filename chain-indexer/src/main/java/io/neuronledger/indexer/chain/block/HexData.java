package io.neuronledger.indexer.chain.block;

import io.neuronledger.contracts.value.Excerpt;

/** JSON-RPC's bytes: {@code 0x} and two hex digits for each. */
public final class HexData {
  private static final int PREFIX = 2;

  private HexData() {}

  /**
   * Checks the text and returns it unchanged.
   *
   * @throws IllegalArgumentException unless it is {@code 0x} and an even number of hex digits
   */
  public static String parse(String text) {
    if (!text.startsWith("0x") || text.length() % 2 != 0 || !isHex(text, PREFIX)) {
      throw new IllegalArgumentException("not 0x and hex bytes: " + Excerpt.of(text));
    }
    return text;
  }

  /** Whether all characters from {@code from} on are hex digits. */
  static boolean isHex(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F')) {
        return false;
      }
    }
    return true;
  }
}
