package io.neuronledger.testkit.trace.node.block;

import io.neuronledger.testkit.trace.Trace;
import java.util.Collection;
import java.util.HexFormat;
import org.web3j.crypto.Hash;

/** A block's 2,048-bit summary of the emitters and topics of its logs (Yellow Paper 4.4.3). */
final class Bloom {
  /** The bloom of no logs, or of a chain without blooms. */
  static final String EMPTY = "0x" + "0".repeat(512);

  private static final int BYTES = 256;
  private static final int HEX_PREFIX = 2;
  private static final int BITS_PER_KEY = 3;
  private static final int BIT_MASK = BYTES * Byte.SIZE - 1;
  private static final int BYTE_MASK = 0xff;

  private Bloom() {}

  /** {@code 0x} and 512 hex digits. */
  static String of(Collection<Trace.Log> logs) {
    byte[] bytes = new byte[BYTES];
    for (Trace.Log log : logs) {
      add(log.emitter().value(), bytes);
      log.topics().forEach(topic -> add(topic, bytes));
    }
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  private static void add(String hex, byte[] bytes) {
    byte[] hash = Hash.sha3(HexFormat.of().parseHex(hex, HEX_PREFIX, hex.length()));
    for (int i = 0; i < BITS_PER_KEY; i++) {
      int bit = ((hash[2 * i] & BYTE_MASK) << Byte.SIZE | (hash[2 * i + 1] & BYTE_MASK)) & BIT_MASK;
      bytes[BYTES - 1 - bit / Byte.SIZE] |= (byte) (1 << bit % Byte.SIZE);
    }
  }
}
