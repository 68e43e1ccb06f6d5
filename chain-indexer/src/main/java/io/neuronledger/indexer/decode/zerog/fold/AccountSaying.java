package io.neuronledger.indexer.decode.zerog.fold;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.books.AccountKey;
import io.neuronledger.indexer.decode.zerog.books.ServiceEntry;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;

/** A serving contract, and what it said of an account. */
record AccountSaying<L extends ContractLog.OfAccount>(WalletAddress contract, ServiceEntry service, L log) {
  AccountKey key() {
    return new AccountKey(contract, log.user(), log.provider());
  }

  @Override
  public String toString() {
    return log.user() + " with " + log.provider() + " at " + contract;
  }
}
