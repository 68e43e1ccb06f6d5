package io.neuronledger.foundation.evm;

import io.neuronledger.contracts.value.Excerpt;
import java.math.BigInteger;

/** JSON-RPC's numbers: {@code 0x} and hex digits. */
public final class Quantity {
  private static final int HEX_PREFIX = 2;
  private static final int HEX = 16;
  /** The most digits of a uint256. */
  private static final int DIGITS_MAX = 64;

  private Quantity() {}

  /** @throws IllegalArgumentException unless it is {@code 0x} and hex of a non-negative long */
  public static long toLong(String text) {
    return Long.parseLong(checked(text), HEX_PREFIX, text.length(), HEX);
  }

  /** @throws IllegalArgumentException unless it is {@code 0x} and hex of a non-negative int */
  public static int toInt(String text) {
    long value = toLong(text);
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("larger than an int: " + text);
    }
    return (int) value;
  }

  /** @throws IllegalArgumentException unless it is {@code 0x} and hex of a uint256 */
  public static BigInteger toBigInteger(String text) {
    return new BigInteger(checked(text).substring(HEX_PREFIX), HEX);
  }

  /** Bounds the length: parsing millions of digits takes hours. */
  private static String checked(String text) {
    if (!text.startsWith("0x") || text.length() == HEX_PREFIX || text.length() > HEX_PREFIX + DIGITS_MAX
        || !HexData.isHex(text, HEX_PREFIX)) {
      throw new IllegalArgumentException("not a quantity: " + Excerpt.of(text));
    }
    return text;
  }

  public static String of(long value) {
    return "0x" + Long.toHexString(value);
  }

  public static String of(BigInteger value) {
    return "0x" + value.toString(HEX);
  }
}
