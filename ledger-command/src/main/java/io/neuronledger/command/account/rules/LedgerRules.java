package io.neuronledger.command.account.rules;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides the events of a chain fact. Never changes state and never refuses: a fact that breaks a rule is recorded
 * together with a discrepancy.
 */
public final class LedgerRules {
  private LedgerRules() {}

  /**
   * The events of a chain fact: first the lock changes due at its block time, then the fact's own event, then a
   * discrepancy for each rule that it broke.
   *
   * @param cause the chain record of the fact
   * @param terms the lock period of each service at the fact
   */
  public static List<LedgerEvent> decide(Ledger before, ChainEvent.OwnerFact fact, Cause cause, ServiceTerms terms) {
    List<LedgerEvent> events = new ArrayList<>(RefundLockExpiry.events(before, fact.owner(), cause, terms));
    Ledger now = before;
    for (LedgerEvent event : events) {
      now = now.evolve(event);
    }
    events.addAll(decideFact(now, fact, cause, terms));
    return events;
  }

  private static List<LedgerEvent> decideFact(Ledger ledger, ChainEvent.OwnerFact fact, Cause cause,
      ServiceTerms terms) {
    Transition transition = new Transition(ledger, fact.owner(), cause);
    transition.checkExplained(fact);
    return switch (fact) {
      case ChainEvent.Deposit deposit -> Movements.deposit(transition, deposit);
      case ChainEvent.Transfer transfer when transfer.toProvider() -> Movements.transfer(transition, transfer);
      case ChainEvent.Transfer completion -> Movements.completeRefunds(transition, completion, terms);
      case ChainEvent.Settled settled -> Movements.settle(transition, settled);
      case ChainEvent.Withdraw withdraw -> Movements.withdraw(transition, withdraw);
      case ChainEvent.RefundRequested request -> StatusFacts.requestRefund(transition, request);
      case ChainEvent.SettlementRejected rejection -> StatusFacts.rejectSettlement(transition, rejection);
      case ChainEvent.SubAccountClosed closed -> StatusFacts.close(transition, closed);
      case ChainEvent.LedgerClosed closed -> StatusFacts.close(transition, closed);
      case ChainEvent.ProviderAcknowledged answer -> StatusFacts.acknowledgeProvider(transition, answer);
      case ChainEvent.Opening opening -> ObservedStateFacts.open(transition, opening);
      case ChainEvent.StateObserved observed -> ObservedStateFacts.compare(transition, observed);
    };
  }
}
