package io.neuronledger.indexer.decode.zerog.replay.action;

import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import java.util.Optional;

/** A unit of replay: one or more actions of a transaction. */
public sealed interface LogGroup {
  record Call(ContractAction.Called called) implements LogGroup {}

  /** A log that is not part of a settlement. */
  record Single(LogEntry entry, ContractLog log) implements LogGroup {}

  /**
   * A settlement: consecutive logs of the transaction, over all emitters.
   *
   * @param fees the log of fine-tuning, first where present
   * @param spent the log of LedgerManager
   * @param updated the log of the serving contract; it names the account
   * @param answer the log of inference, last where present
   */
  record Settlement(Optional<FeesSettled> fees, FundSpent spent, BalanceUpdated updated, Optional<Answer> answer)
      implements LogGroup {}

  /** A settlement item for which no money moved. */
  record Answer(LogEntry entry, ContractLog.TeeSettlementResult log) implements LogGroup {}

  record FeesSettled(LogEntry entry, ContractLog.FeesSettled log) {}

  record FundSpent(LogEntry entry, ContractLog.FundSpent log) {}

  record BalanceUpdated(LogEntry entry, ContractLog.BalanceUpdated log) {}
}
