package io.neuronledger.indexer.decode.zerog.fold;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;

/**
 * What happened in one transaction, as far as it concerns us.
 *
 * @param index in its block
 * @param to whom it calls; absent where it makes a contract
 * @param acts in the order of execution
 */
public record TransactionActs(Hash hash, int index, WalletAddress from, Optional<WalletAddress> to,
    List<Act> acts) {
  public TransactionActs {
    acts = List.copyOf(acts);
  }
}
