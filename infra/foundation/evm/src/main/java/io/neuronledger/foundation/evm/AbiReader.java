package io.neuronledger.foundation.evm;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Reads one tuple of ABI-encoded values from left to right. Dynamic values are at an offset from the tuple's start:
 * {@link #tuple}, {@link #list}, {@link #bytes} and {@link #string} follow it. Data that does not match is an {@link
 * IllegalArgumentException}.
 */
public final class AbiReader {
  private static final int WORD = 32;
  private static final int ADDRESS_BYTES = 20;
  private static final int FIRST_DIGIT = 2;
  private static final int SELECTOR_END = 10;
  private static final int BITS_OF_INT = 31;
  /** After the year 9999 an instant has no ISO form of four digits; no block is that late. */
  private static final long SECONDS_MAX = 253_402_300_799L;

  /** Offsets may refer to the same bytes many times, and contracts accept that: so the amount read is bounded. */
  private static final int WORDS_MIN = 1 << 20;

  private final byte[] data;
  private final AtomicInteger wordsLeft;
  private final boolean aligned;
  private final int start;
  private int next;

  private AbiReader(byte[] data, AtomicInteger wordsLeft, boolean aligned, int start) {
    this.data = data;
    this.wordsLeft = wordsLeft;
    this.aligned = aligned;
    this.start = start;
    this.next = start;
  }

  /**
   * Reads what a contract has written, by the compiler's encoder: its offsets are whole words.
   *
   * @param hex {@code 0x} and the encoded values: a log's data, a view's answer
   */
  public static AbiReader ofData(String hex) {
    return of(HexData.toBytes(hex, FIRST_DIGIT), true);
  }

  /**
   * Reads what a caller has written: contracts accept any offset.
   *
   * @param hex {@code 0x}, a selector, and the encoded arguments
   */
  public static AbiReader ofArguments(String hex) {
    return of(HexData.toBytes(hex, SELECTOR_END), false);
  }

  private static AbiReader of(byte[] data, boolean aligned) {
    return new AbiReader(data, new AtomicInteger(Math.max(WORDS_MIN, data.length / WORD)), aligned, 0);
  }

  /** The address in a topic, which is padded to 32 bytes. */
  public static WalletAddress addressOf(String topic) {
    return ofData(topic).address();
  }

  public BigInteger uint() {
    take(next, WORD);
    BigInteger value = new BigInteger(1, data, next, WORD);
    next += WORD;
    return value;
  }

  /** A value of type bytes32. */
  public Hash hash() {
    take(next, WORD);
    Hash value = Hash.of(Arrays.copyOfRange(data, next, next + WORD));
    next += WORD;
    return value;
  }

  public Neuron neuron() {
    return new Neuron(uint());
  }

  public int integer() {
    BigInteger value = uint();
    if (value.bitLength() > BITS_OF_INT) {
      throw new IllegalArgumentException("larger than an int: " + value);
    }
    return value.intValue();
  }

  public long seconds() {
    BigInteger value = uint();
    if (value.compareTo(BigInteger.valueOf(SECONDS_MAX)) > 0) {
      throw new IllegalArgumentException("not a number of seconds: " + value);
    }
    return value.longValue();
  }

  public Instant time() {
    return Instant.ofEpochSecond(seconds());
  }

  public boolean bool() {
    int value = integer();
    if (value > 1) {
      throw new IllegalArgumentException("not a boolean: " + value);
    }
    return value == 1;
  }

  public WalletAddress address() {
    BigInteger value = uint();
    if (value.bitLength() > ADDRESS_BYTES * Byte.SIZE) {
      throw new IllegalArgumentException("not an address: " + value.toString(16));
    }
    return WalletAddress.of(Arrays.copyOfRange(data, next - ADDRESS_BYTES, next));
  }

  public byte[] bytes() {
    AbiReader there = tuple();
    return there.bytesHere(there.integer());
  }

  /** The bytes at the next offset if there are exactly so many; others are not read and do not count as read. */
  public Optional<byte[]> bytes(int length) {
    AbiReader there = tuple();
    return there.integer() == length ? Optional.of(there.bytesHere(length)) : Optional.empty();
  }

  private byte[] bytesHere(int length) {
    take(next, length);
    return Arrays.copyOfRange(data, next, next + length);
  }

  public String string() {
    return text(bytes());
  }

  /** A string that anybody may have written: contracts accept any bytes, and those that are not UTF-8 are U+FFFD. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** @throws IllegalArgumentException unless the bytes are UTF-8 */
  public static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a string that is not UTF-8", e);
    }
  }

  /** A reader of the dynamic tuple whose offset is next. */
  public AbiReader tuple() {
    int offset = integer();
    if (aligned && offset % WORD != 0) {
      throw new IllegalArgumentException("not an offset that the compiler writes: " + offset);
    }
    check(start, offset);
    return at(start + offset);
  }

  /** @param element reads one element; for dynamic tuples it begins with {@link #tuple} */
  public <T> List<T> list(Function<AbiReader, T> element) {
    AbiReader head = tuple();
    int length = head.integer();
    // Every element takes at least a word: a wrong length must not allocate a huge list.
    check(head.next, Math.multiplyExact((long) length, WORD));
    AbiReader elements = at(head.next);
    List<T> read = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      read.add(element.apply(elements));
    }
    return List.copyOf(read);
  }

  /** Skips words. */
  public AbiReader skip(int words) {
    check(next, (long) words * WORD);
    next += words * WORD;
    return this;
  }

  private AbiReader at(int position) {
    return new AbiReader(data, wordsLeft, aligned, position);
  }

  private void take(int from, int length) {
    check(from, length);
    if (wordsLeft.addAndGet(-Math.ceilDiv(length, WORD)) < 0) {
      throw new IllegalArgumentException("the same bytes are read too often: " + data.length + " of them");
    }
  }

  private void check(int from, long length) {
    if (length > data.length - from) {
      throw new IllegalArgumentException("the data ends at byte " + data.length + ", before " + from + " + " + length);
    }
  }
}
