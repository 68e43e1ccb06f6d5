package io.neuronledger.query.request;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.bouncycastle.jcajce.provider.digest.Keccak;

/** EIP-55: the letter case of an address's hex digits as a checksum over them. */
final class Checksum {
  private static final int HEX_RADIX = 16;
  private static final int UPPER_FROM = 8;

  private Checksum() {}

  /** @param digits 40 hex digits without prefix, in any case */
  static String cased(String digits) {
    String lower = digits.toLowerCase(Locale.ROOT);
    byte[] hash = new Keccak.Digest256().digest(lower.getBytes(StandardCharsets.US_ASCII));
    StringBuilder cased = new StringBuilder(lower);
    for (int i = 0; i < lower.length(); i++) {
      int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & (HEX_RADIX - 1);
      if (nibble >= UPPER_FROM) {
        cased.setCharAt(i, Character.toUpperCase(lower.charAt(i)));
      }
    }
    return cased.toString();
  }
}
