package io.neuronledger.testkit.trace.node;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Encodes one tuple by the ABI: words in place, dynamic values after them, with their offsets in place. All as hex
 * digits without {@code 0x}.
 */
public final class AbiWriter {
  private static final int WORD_DIGITS = 64;
  private static final int WORD = 32;

  private final List<String> heads = new ArrayList<>();
  private final List<Boolean> dynamic = new ArrayList<>();

  public AbiWriter uint(BigInteger value) {
    heads.add(word(value));
    dynamic.add(false);
    return this;
  }

  public AbiWriter uint(long value) {
    return uint(BigInteger.valueOf(value));
  }

  public AbiWriter neuron(Neuron value) {
    return uint(value.value());
  }

  public AbiWriter bool(boolean value) {
    return uint(value ? 1 : 0);
  }

  public AbiWriter address(WalletAddress value) {
    return uint(new BigInteger(1, value.bytes()));
  }

  public AbiWriter string(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return bytes(bytes);
  }

  public AbiWriter bytes(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    int padding = (WORD_DIGITS - hex.length() % WORD_DIGITS) % WORD_DIGITS;
    return dynamic(word(BigInteger.valueOf(bytes.length)) + hex + "0".repeat(padding));
  }

  /** A dynamic tuple. */
  public AbiWriter tuple(AbiWriter tuple) {
    return dynamic(tuple.toString());
  }

  /** A list of static tuples. */
  public AbiWriter listOfStatic(List<AbiWriter> elements) {
    StringBuilder text = new StringBuilder(word(BigInteger.valueOf(elements.size())));
    elements.forEach(text::append);
    return dynamic(text.toString());
  }

  /** A list of dynamic tuples. */
  public AbiWriter listOfDynamic(List<AbiWriter> elements) {
    AbiWriter list = new AbiWriter();
    elements.forEach(list::tuple);
    return dynamic(word(BigInteger.valueOf(elements.size())) + list);
  }

  private AbiWriter dynamic(String encoded) {
    heads.add(encoded);
    dynamic.add(true);
    return this;
  }

  @Override
  public String toString() {
    int offset = heads.size() * WORD;
    StringBuilder head = new StringBuilder();
    StringBuilder tail = new StringBuilder();
    for (int i = 0; i < heads.size(); i++) {
      if (dynamic.get(i)) {
        head.append(word(BigInteger.valueOf(offset)));
        tail.append(heads.get(i));
        offset += heads.get(i).length() / 2;
      } else {
        head.append(heads.get(i));
      }
    }
    return head.append(tail).toString();
  }

  private static String word(BigInteger value) {
    String hex = value.toString(16);
    return "0".repeat(WORD_DIGITS - hex.length()) + hex;
  }
}
