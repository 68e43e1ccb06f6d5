package io.neuronledger.indexer.decode.zerog.replay.action;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;

/** One action of a transaction: an emitted log or a contract call. */
public sealed interface ContractAction {
  /** A log of a followed contract. */
  record Logged(LogEntry entry) implements ContractAction {}

  /**
   * A call that succeeded, as did all calls around it.
   *
   * @param contract the followed contract that was called
   * @param caller the transaction's sender, or a contract wallet
   * @param inner whether only a trace shows the call; otherwise it is the transaction itself
   */
  record Called(WalletAddress contract, WalletAddress caller, ContractCall call, boolean inner)
      implements ContractAction {}
}
