package io.neuronledger.contracts.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The chain's hash: Keccak with its padding before SHA-3, which the JDK does not provide. The only one in use, so that
 * readers of the published language need no library of cryptography (infra/decisions/0020).
 */
final class Keccak256 {
  private static final int RATE = 136;
  private static final int HASH_BYTES = 32;
  private static final int WORDS = 25;
  private static final int SIDE = 5;
  private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long[] ROUNDS = {
      0x0000000000000001L, 0x0000000000008082L, 0x800000000000808aL, 0x8000000080008000L, 0x000000000000808bL,
      0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L, 0x000000000000008aL, 0x0000000000000088L,
      0x0000000080008009L, 0x000000008000000aL, 0x000000008000808bL, 0x800000000000008bL, 0x8000000000008089L,
      0x8000000000008003L, 0x8000000000008002L, 0x8000000000000080L, 0x000000000000800aL, 0x800000008000000aL,
      0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L};
  /** The rotation and the destination of each word, along one path through the square. */
  private static final int[] TURNS =
      {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44};
  private static final int[] PATH =
      {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1};

  private Keccak256() {}

  static byte[] hash(byte[] message) {
    byte[] padded = Arrays.copyOf(message, (message.length / RATE + 1) * RATE);
    padded[message.length] ^= 0x01;
    padded[padded.length - 1] ^= (byte) 0x80;
    long[] words = new long[WORDS];
    for (int block = 0; block < padded.length; block += RATE) {
      for (int i = 0; i < RATE / Long.BYTES; i++) {
        words[i] ^= (long) WORD.get(padded, block + i * Long.BYTES);
      }
      permute(words);
    }
    byte[] hash = new byte[HASH_BYTES];
    for (int i = 0; i < HASH_BYTES / Long.BYTES; i++) {
      WORD.set(hash, i * Long.BYTES, words[i]);
    }
    return hash;
  }

  private static void permute(long[] words) {
    for (long round : ROUNDS) {
      mixColumns(words);
      long moved = words[1];
      for (int i = 0; i < PATH.length; i++) {
        long next = words[PATH[i]];
        words[PATH[i]] = Long.rotateLeft(moved, TURNS[i]);
        moved = next;
      }
      mixRows(words);
      words[0] ^= round;
    }
  }

  private static void mixColumns(long[] words) {
    long first = parity(words, 0);
    long second = parity(words, 1);
    long third = parity(words, 2);
    long fourth = parity(words, 3);
    long fifth = parity(words, 4);
    for (int row = 0; row < WORDS; row += SIDE) {
      words[row] ^= fifth ^ Long.rotateLeft(second, 1);
      words[row + 1] ^= first ^ Long.rotateLeft(third, 1);
      words[row + 2] ^= second ^ Long.rotateLeft(fourth, 1);
      words[row + 3] ^= third ^ Long.rotateLeft(fifth, 1);
      words[row + 4] ^= fourth ^ Long.rotateLeft(first, 1);
    }
  }

  private static long parity(long[] words, int column) {
    return words[column] ^ words[column + 5] ^ words[column + 10] ^ words[column + 15] ^ words[column + 20];
  }

  private static void mixRows(long[] words) {
    for (int row = 0; row < WORDS; row += SIDE) {
      long first = words[row];
      long second = words[row + 1];
      words[row] ^= ~second & words[row + 2];
      words[row + 1] ^= ~words[row + 2] & words[row + 3];
      words[row + 2] ^= ~words[row + 3] & words[row + 4];
      words[row + 3] ^= ~words[row + 4] & first;
      words[row + 4] ^= ~first & second;
    }
  }
}
