package io.neuronledger.indexer.decode.zerog.replay.action;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;

/** A log of a serving contract about one of its accounts. */
public record AccountLog<L extends ContractLog.OfAccount>(WalletAddress contract, ServiceInfo service, L log) {
  public AccountKey key() {
    return new AccountKey(contract, log.user(), log.provider());
  }

  @Override
  public String toString() {
    return log.user() + " with " + log.provider() + " at " + contract;
  }
}
