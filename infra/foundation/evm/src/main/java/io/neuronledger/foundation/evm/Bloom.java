package io.neuronledger.foundation.evm;

import io.neuronledger.contracts.value.Hash;
import java.util.Arrays;
import java.util.Collection;

/**
 * A block's 2,048-bit summary of the emitters and topics of its logs (Yellow Paper 4.4.3). It has false positives, but
 * no false negatives.
 */
public final class Bloom {
  private static final int BYTES = 256;
  private static final int HEX_PREFIX = 2;
  private static final int BITS_PER_KEY = 3;
  private static final int BIT_MASK = BYTES * Byte.SIZE - 1;
  /** A bit is numbered by the last 11 bits of two bytes of the hash. */
  private static final int BIT_DIGITS = 4;
  private static final int HEX = 16;

  /** The bits that one emitter or topic sets. */
  public record Key(int first, int second, int third) {
    /** @param hex an address or a topic, as {@code 0x} and hex */
    public static Key of(String hex) {
      String hash = Hash.keccak256(HexData.toBytes(hex)).value();
      int[] bits = new int[BITS_PER_KEY];
      for (int i = 0; i < BITS_PER_KEY; i++) {
        int from = HEX_PREFIX + BIT_DIGITS * i;
        bits[i] = Integer.parseInt(hash, from, from + BIT_DIGITS, HEX) & BIT_MASK;
      }
      return new Key(bits[0], bits[1], bits[2]);
    }
  }

  private static final Bloom UNKNOWN = new Bloom(new byte[0]);

  private final byte[] bytes;

  private Bloom(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bloom of a block without one: it carries no information. */
  public static Bloom unknown() {
    return UNKNOWN;
  }

  /**
   * @throws IllegalArgumentException unless it is {@code 0x} and 512 hex digits; {@code 0x} alone is an unknown bloom
   */
  public static Bloom parse(String hex) {
    if (hex.equals("0x")) {
      return UNKNOWN;
    }
    if (hex.length() != HEX_PREFIX + 2 * BYTES || !hex.startsWith("0x")) {
      throw new IllegalArgumentException("not a bloom of " + BYTES + " bytes");
    }
    return new Bloom(HexData.toBytes(hex));
  }

  /** The bloom of exactly these emitters and topics. */
  public static Bloom ofKeys(Collection<Key> keys) {
    byte[] bytes = new byte[BYTES];
    for (Key key : keys) {
      for (int bit : new int[] {key.first, key.second, key.third}) {
        bytes[BYTES - 1 - bit / Byte.SIZE] |= (byte) (1 << (bit % Byte.SIZE));
      }
    }
    return new Bloom(bytes);
  }

  public boolean isKnown() {
    return bytes.length == BYTES;
  }

  public boolean mayContain(Key key) {
    return !isKnown() || (has(key.first) && has(key.second) && has(key.third));
  }

  /** No bit set: no log, or a chain that keeps no blooms. */
  public boolean isEmpty() {
    return allAre((byte) 0);
  }

  /** Every bit set: it carries no information. */
  public boolean isFull() {
    return allAre((byte) 0xff);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bloom bloom && Arrays.equals(bytes, bloom.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexData.of(bytes);
  }

  private boolean has(int bit) {
    return (bytes[BYTES - 1 - bit / Byte.SIZE] >> (bit % Byte.SIZE) & 1) == 1;
  }

  private boolean allAre(byte value) {
    for (byte b : bytes) {
      if (b != value) {
        return false;
      }
    }
    return isKnown();
  }
}
