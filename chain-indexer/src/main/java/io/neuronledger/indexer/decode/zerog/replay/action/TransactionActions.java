package io.neuronledger.indexer.decode.zerog.replay.action;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;

/**
 * The actions of one transaction on the followed contracts.
 *
 * @param index in its block
 * @param to the called address; absent for a contract creation
 * @param actions in execution order
 */
public record TransactionActions(Hash hash, int index, WalletAddress from, Optional<WalletAddress> to,
    List<ContractAction> actions) {
  public TransactionActions {
    actions = List.copyOf(actions);
  }
}
