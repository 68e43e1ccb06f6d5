package io.neuronledger.indexer.decode.zerog.replay;

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
public record TransactionActions(Hash hash, int index, WalletAddress from, Optional<WalletAddress> to,
    List<ContractAction> acts) {
  public TransactionActions {
    acts = List.copyOf(acts);
  }
}
