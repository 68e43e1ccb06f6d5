package io.neuronledger.cli.bench.chain;

import java.math.BigInteger;
import java.util.HexFormat;

/** The ABI's words of 32 bytes as hex digits, and numbers that look random. */
final class Words {
  private static final HexFormat HEX = HexFormat.of();
  private static final String ZEROS = "0".repeat(64);
  private static final int WORD_DIGITS = 64;
  private static final int LONG_DIGITS = 16;
  private static final int ADDRESS_DIGITS = 40;

  private Words() {}

  static String of(long value) {
    return ZEROS.substring(LONG_DIGITS) + HEX.toHexDigits(value);
  }

  static String of(BigInteger value) {
    String digits = value.toString(16);
    return ZEROS.substring(digits.length()) + digits;
  }

  /** A string's length and its bytes, filled up to whole words. */
  static String of(String ascii) {
    StringBuilder digits = new StringBuilder();
    ascii.chars().forEach(each -> digits.append(HEX.toHexDigits((byte) each)));
    int rest = digits.length() % WORD_DIGITS;
    return of(ascii.length()) + digits + (rest == 0 ? "" : ZEROS.substring(rest));
  }

  /** The digits of an address from two seeds. */
  static String address(long kind, long number) {
    return (HEX.toHexDigits(mix(kind, number)) + HEX.toHexDigits(mix(~kind, number)) + HEX.toHexDigits((int) number))
        .substring(0, ADDRESS_DIGITS);
  }

  /** A hash from which {@code first} and {@code second} can be read again. */
  static String hash(long kind, long first, long second) {
    return "0x" + HEX.toHexDigits(mix(kind, mix(first, second))) + HEX.toHexDigits(kind) + HEX.toHexDigits(first)
        + HEX.toHexDigits(second);
  }

  /** @return the second number of a {@link #hash}; its first ends at that place */
  static long second(String hash) {
    return Long.parseUnsignedLong(hash, hash.length() - LONG_DIGITS, hash.length(), LONG_DIGITS);
  }

  /** Sebastiano Vigna's SplitMix64 over both numbers. */
  static long mix(long one, long other) {
    long mixed = one * 0x9e3779b97f4a7c15L + other * 0xd1b54a32d192ed03L + 0x632be59bd9b4e019L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
