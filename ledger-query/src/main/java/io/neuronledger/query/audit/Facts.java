package io.neuronledger.query.audit;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.Optional;

/** Reads the columns of an entry from an event. */
final class Facts {
  private Facts() {}

  /** The sub-account of the event; empty for an event of the ledger. */
  static Optional<SubAccountId> subAccount(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.OfSubAccount e -> Optional.of(e.subAccount());
      case LedgerEvent.DiscrepancyFound e -> e.subAccount();
      case LedgerEvent.FundsDeposited _, LedgerEvent.FundsWithdrawn _, LedgerEvent.LedgerClosed _,
          LedgerEvent.LedgerOpenedFromSnapshot _, LedgerEvent.LedgerRestated _, LedgerEvent.LedgerRewound _,
          LedgerEvent.BreachDecision _ -> Optional.empty();
    };
  }

  /** The amount transferred or requested as a refund. */
  static Optional<Neuron> amount(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.FundsDeposited e -> Optional.of(e.amount());
      case LedgerEvent.FundsTransferred e -> Optional.of(e.amount());
      case LedgerEvent.RefundRequested e -> Optional.of(e.amount());
      case LedgerEvent.RefundClaimable e -> Optional.of(e.amount());
      case LedgerEvent.RefundRelocked e -> Optional.of(e.amount());
      case LedgerEvent.RefundsCompleted e -> Optional.of(e.amount());
      case LedgerEvent.FeesSettled e -> Optional.of(e.amount());
      case LedgerEvent.FundsWithdrawn e -> Optional.of(e.amount());
      case LedgerEvent.SettlementRejected _, LedgerEvent.SubAccountClosed _, LedgerEvent.LedgerClosed _,
          LedgerEvent.ProviderAcknowledged _, LedgerEvent.LedgerOpenedFromSnapshot _, LedgerEvent.LedgerRestated _,
          LedgerEvent.LedgerRewound _, LedgerEvent.DiscrepancyFound _,
          LedgerEvent.BreachDecision _ -> Optional.empty();
    };
  }
}
