package io.neuronledger.indexer.abi;

import org.web3j.crypto.Hash;

/** The hashes of ABI signatures. */
public final class Signature {
  private static final int SELECTOR_LENGTH = 10;

  private Signature() {}

  /** A log's first topic, {@code 0x} and 64 hex digits. */
  public static String topic(String signature) {
    return Hash.sha3String(signature);
  }

  /** A call's first four bytes, {@code 0x} and 8 hex digits. */
  public static String selector(String signature) {
    return Hash.sha3String(signature).substring(0, SELECTOR_LENGTH);
  }

  /** The selector of a call's input; all of it where that is shorter. */
  public static String selectorOf(String input) {
    return input.substring(0, Math.min(input.length(), SELECTOR_LENGTH));
  }
}
