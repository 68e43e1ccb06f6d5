package io.neuronledger.indexer.chain;

import java.math.BigInteger;

/** JSON-RPC's numbers: {@code 0x} and hex digits. */
public final class Quantity {
  private static final int HEX_PREFIX = 2;
  private static final int HEX = 16;

  private Quantity() {}

  /** @throws IllegalArgumentException unless it is {@code 0x} and hex of a non-negative long */
  public static long toLong(String text) {
    if (!text.startsWith("0x") || text.length() == HEX_PREFIX || text.charAt(HEX_PREFIX) == '-'
        || text.charAt(HEX_PREFIX) == '+') {
      throw new IllegalArgumentException("not a quantity: " + text);
    }
    return Long.parseLong(text, HEX_PREFIX, text.length(), HEX);
  }

  /** @throws IllegalArgumentException unless it is {@code 0x} and hex of a non-negative int */
  public static int toInt(String text) {
    long value = toLong(text);
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("larger than an int: " + text);
    }
    return (int) value;
  }

  /** @throws IllegalArgumentException unless it is {@code 0x} and hex */
  public static BigInteger toBigInteger(String text) {
    if (!text.startsWith("0x") || text.length() == HEX_PREFIX) {
      throw new IllegalArgumentException("not a quantity: " + text);
    }
    return new BigInteger(text.substring(HEX_PREFIX), HEX);
  }

  public static String of(long value) {
    return "0x" + Long.toHexString(value);
  }
}
