package io.neuronledger.foundation.evm;

import io.neuronledger.contracts.value.Hash;

/** The hashes of ABI signatures. */
public final class Signature {
  private static final int SELECTOR_LENGTH = 10;

  private Signature() {}

  /** A log's first topic, {@code 0x} and 64 hex digits. */
  public static String topic(String signature) {
    return Hash.keccak256(signature).value();
  }

  /** A call's first four bytes, {@code 0x} and 8 hex digits. */
  public static String selector(String signature) {
    return selectorOf(topic(signature));
  }

  /** The selector of a call's input; all of it where that is shorter. */
  public static String selectorOf(String input) {
    return input.substring(0, Math.min(input.length(), SELECTOR_LENGTH));
  }
}
