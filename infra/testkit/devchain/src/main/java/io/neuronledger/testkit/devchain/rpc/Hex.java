package io.neuronledger.testkit.devchain.rpc;

import java.math.BigInteger;
import java.util.HexFormat;

/** The two hex forms of JSON-RPC: quantities without leading zeros, data by whole bytes. */
public final class Hex {
  private static final int PREFIX = 2;
  private static final int RADIX = 16;

  private Hex() {}

  public static String quantity(long value) {
    return "0x" + Long.toHexString(value);
  }

  public static String quantity(BigInteger value) {
    return "0x" + value.toString(RADIX);
  }

  /** @throws NumberFormatException unless it is {@code 0x} and hex digits */
  public static BigInteger toBigInteger(String quantity) {
    return new BigInteger(quantity.substring(PREFIX), RADIX);
  }

  /** @throws ArithmeticException above 2^63 − 1 */
  public static long toLong(String quantity) {
    return toBigInteger(quantity).longValueExact();
  }

  public static String data(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  public static byte[] toBytes(String data) {
    return HexFormat.of().parseHex(data, PREFIX, data.length());
  }
}
