package io.neuronledger.indexer.decode.accountledger;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A log's data, read strictly: encodings that the compiler never writes are refused with {@link
 * IllegalArgumentException}, and two different data never read as the same value. Slots of 32 bytes, numbered from 0.
 */
final class AbiData {
  private static final int SLOT = 32;
  private static final int HEX_PREFIX = 2;
  private static final int BITS_OF_INT = 31;

  private final byte[] bytes;

  /** @param hex {@code 0x} and hex digits */
  AbiData(String hex) {
    if (!hex.startsWith("0x")) {
      throw new IllegalArgumentException("data without 0x");
    }
    this.bytes = HexFormat.of().parseHex(hex, HEX_PREFIX, hex.length());
  }

  BigInteger uint(int slot) {
    return new BigInteger(1, bytes, at(slot), SLOT);
  }

  /** @throws IllegalArgumentException if it is neither 0 nor 1 */
  boolean bool(int slot) {
    int value = smallUint(slot, "a boolean");
    if (value > 1) {
      throw new IllegalArgumentException("not a boolean: " + value);
    }
    return value == 1;
  }

  int uint8(int slot) {
    int value = smallUint(slot, "a uint8");
    if (value > 0xff) {
      throw new IllegalArgumentException("not a uint8: " + value);
    }
    return value;
  }

  /** The string whose offset is in the slot. */
  String string(int slot) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text(slot))).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a string that is not UTF-8", e);
    }
  }

  /** The string for display: invalid bytes appear as replacement characters. */
  String shownString(int slot) {
    return new String(text(slot), StandardCharsets.UTF_8);
  }

  private byte[] text(int slot) {
    int start = smallUint(slot, "an offset");
    if (start % SLOT != 0) {
      throw new IllegalArgumentException("not the offset of a string: " + start);
    }
    int length = smallUint(start / SLOT, "a length");
    int from = start + SLOT;
    if (length > bytes.length - from) {
      throw new IllegalArgumentException("a string of " + length + " bytes in " + bytes.length + " bytes of data");
    }
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  private int smallUint(int slot, String what) {
    BigInteger value = uint(slot);
    if (value.bitLength() > BITS_OF_INT) {
      throw new IllegalArgumentException("not " + what + ": " + value);
    }
    return value.intValue();
  }

  private int at(int slot) {
    if (slot > bytes.length / SLOT - 1) {
      throw new IllegalArgumentException("data of " + bytes.length + " bytes has no slot " + slot);
    }
    return slot * SLOT;
  }
}
