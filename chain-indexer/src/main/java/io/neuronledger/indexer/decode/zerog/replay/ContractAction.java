package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.LogEntry;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;

/** One thing that happened in a transaction: a log was emitted, or a contract was called. */
public sealed interface ContractAction {
  /** A log of one of the contracts followed. */
  record Logged(LogEntry entry) implements ContractAction {}

  /**
   * A call that did not fail, nor any call around it.
   *
   * @param contract which of ours was called
   * @param caller who called it: the transaction's sender, or a wallet that is a contract
   * @param inner whether it was seen in a trace only; otherwise it is the transaction itself
   */
  record Called(WalletAddress contract, WalletAddress caller, ContractCall call, boolean inner)
      implements ContractAction {}
}
