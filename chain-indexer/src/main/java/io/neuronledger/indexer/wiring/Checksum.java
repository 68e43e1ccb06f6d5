package io.neuronledger.indexer.wiring;

import java.util.Locale;
import org.web3j.crypto.Hash;

/** EIP-55: an address typed in mixed case carries a checksum in its letters. */
final class Checksum {
  private static final int HEX_PREFIX = 2;
  private static final char UPPER_FROM = '8';

  private Checksum() {}

  /** @param address {@code 0x} and 40 hex digits. All lower or all upper case carry no checksum and are right */
  static boolean isRight(String address) {
    String digits = address.substring(HEX_PREFIX);
    String lower = digits.toLowerCase(Locale.ROOT);
    if (digits.equals(lower) || digits.equals(digits.toUpperCase(Locale.ROOT))) {
      return true;
    }
    String hash = Hash.sha3String(lower).substring(HEX_PREFIX);
    for (int i = 0; i < lower.length(); i++) {
      char letter = lower.charAt(i);
      char expected = hash.charAt(i) >= UPPER_FROM ? Character.toUpperCase(letter) : letter;
      if (digits.charAt(i) != expected) {
        return false;
      }
    }
    return true;
  }
}
