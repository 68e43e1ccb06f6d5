package io.neuronledger.indexer.decode.zerog.code;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;

/** A reference to known code: by the contract that holds it, or by its hash, at any address. */
public sealed interface CodeReference {
  /** The number of characters of {@code 0x} and 32 bytes. */
  int HASH_LENGTH = 66;

  boolean names(Code code);

  record ByAddress(WalletAddress address) implements CodeReference {
    @Override
    public boolean names(Code code) {
      return code.address().equals(address);
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }

  record ByHash(Hash hash) implements CodeReference {
    @Override
    public boolean names(Code code) {
      return code.hash().filter(hash::equals).isPresent();
    }

    @Override
    public String toString() {
      return hash.toString();
    }
  }

  /**
   * Reads an address or a code hash in any letter case.
   *
   * @throws IllegalArgumentException unless it is {@code 0x} and 40 or 64 hex digits
   */
  static CodeReference parse(String text) {
    return text.length() == HASH_LENGTH ? new ByHash(Hash.parse(text)) : new ByAddress(WalletAddress.parse(text));
  }
}
