package io.neuronledger.testkit.devchain.rpc;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads one tuple of ABI-encoded values from left to right. Dynamic values (strings, lists, tuples with such values)
 * are at an offset from the tuple's start: {@link #tuple} and {@link #list} follow it.
 */
public final class AbiReader {
  private static final int WORD = 32;
  private static final int ADDRESS_BYTES = 20;

  private final byte[] data;
  private final int start;
  private int next;

  private AbiReader(byte[] data, int start) {
    this.data = data;
    this.start = start;
    this.next = start;
  }

  /** @param data {@code 0x} and the encoded values */
  public static AbiReader of(String data) {
    return of(Hex.toBytes(data), 0);
  }

  /** @param start the index of the first encoded byte, for example after a selector */
  public static AbiReader of(byte[] data, int start) {
    return new AbiReader(data, start);
  }

  public BigInteger uint() {
    return new BigInteger(1, word());
  }

  public Neuron neuron() {
    return new Neuron(uint());
  }

  /** @throws ArithmeticException above 2^31 − 1 */
  public int integer() {
    return uint().intValueExact();
  }

  public boolean bool() {
    return uint().signum() != 0;
  }

  public WalletAddress address() {
    return WalletAddress.parse(Hex.data(Arrays.copyOfRange(word(), WORD - ADDRESS_BYTES, WORD)));
  }

  public String string() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  public byte[] bytes() {
    AbiReader there = tuple();
    int length = there.integer();
    check(there.next, length);
    return Arrays.copyOfRange(data, there.next, there.next + length);
  }

  /** A reader of the dynamic tuple at the offset that is read here. */
  public AbiReader tuple() {
    int offset = integer();
    check(start, offset);
    return new AbiReader(data, start + offset);
  }

  /** @param element reads one element; for dynamic tuples it begins with {@link #tuple} */
  public <T> List<T> list(Function<AbiReader, T> element) {
    AbiReader head = tuple();
    int length = head.integer();
    AbiReader elements = new AbiReader(data, head.next);
    List<T> read = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      read.add(element.apply(elements));
    }
    return List.copyOf(read);
  }

  private byte[] word() {
    check(next, WORD);
    byte[] word = Arrays.copyOfRange(data, next, next + WORD);
    next += WORD;
    return word;
  }

  private void check(int from, int length) {
    if (length < 0 || length > data.length - from) {
      throw new IllegalArgumentException("the data ends at byte " + data.length + ", before " + from + " + " + length);
    }
  }
}
