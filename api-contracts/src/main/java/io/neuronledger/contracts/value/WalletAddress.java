package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An account of the chain: 20 bytes as {@code 0x} and 40 lower-case hex digits. Mixed case is EIP-55's way to show a
 * checksum; it is checked where people type (the APIs) and is no part of the value.
 */
public record WalletAddress(String value) implements Comparable<WalletAddress> {
  private static final int HEX_PREFIX = 2;
  private static final int HEX_DIGITS = 40;

  /** The zero address: nobody's wallet, yet the contracts accept it as a provider. */
  public static final WalletAddress ZERO = new WalletAddress("0x" + "0".repeat(40));

  public WalletAddress {
    if (!Hex.isPrefixed(value, HEX_DIGITS)) {
      throw new IllegalArgumentException("not 0x and 40 lower-case hex digits: " + value);
    }
  }

  /**
   * Reads an address in any letter case.
   *
   * @throws IllegalArgumentException unless it is {@code 0x} and 40 hex digits
   */
  @JsonCreator
  public static WalletAddress parse(String hex) {
    return new WalletAddress(hex.toLowerCase(Locale.ROOT));
  }

  /** The 20 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(value, HEX_PREFIX, value.length());
  }

  @Override
  public int compareTo(WalletAddress other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
