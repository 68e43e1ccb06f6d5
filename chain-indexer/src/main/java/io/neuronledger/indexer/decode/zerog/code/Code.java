package io.neuronledger.indexer.decode.zerog.code;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.HexData;
import java.util.Optional;

/**
 * Code on chain.
 *
 * @param address the contract that holds it
 * @param hash the keccak256 of it; absent where the address holds none
 */
public record Code(WalletAddress address, Optional<Hash> hash) {
  private static final String NONE = "0x";

  /** @param bytes the answer of {@code eth_getCode}: {@code 0x} and hex */
  public static Code of(WalletAddress address, String bytes) {
    return new Code(address, bytes.equals(NONE) ? Optional.empty()
        : Optional.of(Hash.keccak256(HexData.toBytes(bytes))));
  }

  @Override
  public String toString() {
    return address + hash.map(known -> " (code hash " + known + ")").orElse(" (no code)");
  }
}
