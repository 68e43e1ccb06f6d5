package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An account of the chain: 20 bytes as {@code 0x} and 40 lower-case hex digits. Mixed case is EIP-55's way to show a
 * checksum; the APIs check it on user input, and it is no part of the value.
 */
public record WalletAddress(String value) implements Comparable<WalletAddress> {
  private static final int HEX_PREFIX = 2;
  private static final int HEX_DIGITS = 40;
  private static final int UPPER_FROM = 8;

  /** The zero address: no wallet, yet the contracts accept it as a provider. */
  public static final WalletAddress ZERO = new WalletAddress("0x" + "0".repeat(40));

  public WalletAddress {
    if (!Hex.isPrefixed(value, HEX_DIGITS)) {
      throw new IllegalArgumentException("not 0x and 40 lower-case hex digits: " + Excerpt.of(value));
    }
  }

  /** @throws IllegalArgumentException unless there are 20 bytes */
  public static WalletAddress of(byte[] bytes) {
    return new WalletAddress("0x" + HexFormat.of().formatHex(bytes));
  }

  /**
   * Reads an address, its digits in any letter case.
   *
   * @throws IllegalArgumentException unless it is {@code 0x} and 40 hex digits
   */
  @JsonCreator
  public static WalletAddress parse(String hex) {
    return new WalletAddress(Hex.lowerCase(hex));
  }

  /**
   * Reads an address typed by a user: letters of both cases must form EIP-55's checksum.
   *
   * @throws IllegalArgumentException unless it is {@code 0x} and 40 hex digits, with a right checksum if any
   */
  public static WalletAddress typed(String hex) {
    WalletAddress address = parse(hex);
    String digits = hex.substring(HEX_PREFIX);
    boolean carriesChecksum = !digits.equals(digits.toLowerCase(Locale.ROOT))
        && !digits.equals(digits.toUpperCase(Locale.ROOT));
    if (carriesChecksum && !digits.equals(address.checksummed().substring(HEX_PREFIX))) {
      throw new IllegalArgumentException("the letters' case is no EIP-55 checksum of this address: " + hex);
    }
    return address;
  }

  /** The address with EIP-55's checksum in its letters, for display. */
  public String checksummed() {
    byte[] hash = Keccak256.hash(value.substring(HEX_PREFIX).getBytes(StandardCharsets.US_ASCII));
    StringBuilder cased = new StringBuilder(value);
    for (int i = 0; i < HEX_DIGITS; i++) {
      int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
      if (nibble >= UPPER_FROM) {
        cased.setCharAt(HEX_PREFIX + i, Character.toUpperCase(value.charAt(HEX_PREFIX + i)));
      }
    }
    return cased.toString();
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
