package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.indexer.chain.LogEntry;
import io.neuronledger.indexer.decode.zerog.contract.ContractLog;
import java.util.Optional;

/** What one or several acts of a transaction say together. */
sealed interface LogGroup {
  record Call(ContractAction.Called act) implements LogGroup {}

  /** A log that stands for itself. */
  record Said(LogEntry entry, ContractLog log) implements LogGroup {}

  /**
   * A settlement: logs directly behind one another in the whole transaction, over all emitters.
   *
   * @param fees fine-tuning's own log, the first of them
   * @param spent LedgerManager's
   * @param updated the serving contract's: of which account
   * @param answer inference's own log, the last of them
   */
  record Settlement(Optional<FeesSettled> fees, FundSpent spent, BalanceUpdated updated, Optional<Answer> answer)
      implements LogGroup {}

  /** An item of a batch for which no money moved. */
  record Answer(LogEntry entry, ContractLog.TeeSettlementResult log) implements LogGroup {}

  record FeesSettled(LogEntry entry, ContractLog.FeesSettled log) {}

  record FundSpent(LogEntry entry, ContractLog.FundSpent log) {}

  record BalanceUpdated(LogEntry entry, ContractLog.BalanceUpdated log) {}
}
