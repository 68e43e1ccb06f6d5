package io.neuronledger.command.account.rules;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.SubAccount;
import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.balance.SubAccountBalances;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.List;
import java.util.Optional;

/** The facts that move no money: refund requests, rejected settlements, acknowledgements, closings. */
final class StatusFacts {
  private StatusFacts() {}

  /** Records the requested amount in full, but at most the free balance as pending, so that pending ≤ balance. */
  static List<LedgerEvent> requestRefund(Transition transition, ChainEvent.RefundRequested fact) {
    SubAccountId id = fact.subAccount();
    RefundId refund = new RefundId(transition.cause.position(), transition.cause.branch(), 0);
    Optional<SubAccount> found = transition.ledger().subAccount(id);
    if (found.isEmpty()) {
      transition.reportNotOpen(Optional.of(id), "a refund request of " + fact.amount());
    } else {
      addPending(transition, found.get(), refund, fact.amount());
    }
    return transition.events(other -> new LedgerEvent.RefundRequested(transition.owner, id.provider(), id.service(),
        refund, fact.amount(), transition.cause.blockTime(), transition.after(id), other, transition.cause));
  }

  private static void addPending(Transition transition, SubAccount account, RefundId refund, Neuron amount) {
    Neuron free = account.free();
    if (amount.compareTo(free) > 0) {
      transition.reportBreach(Rule.REFUND_WITHIN_FREE, Optional.of(account.id()), "at most " + free, amount.toString());
    }
    int active = account.refunds().active().size();
    if (active >= RefundRules.ACTIVE_MAX) {
      transition.reportBreach(Rule.REFUNDS_AT_MOST_FIVE, Optional.of(account.id()), "at most " + RefundRules.ACTIVE_MAX,
          active + " and one more");
    }
    Neuron pending = amount.min(free);
    if (!pending.isZero()) {
      PendingRefund newest = new PendingRefund(refund, pending, transition.cause.blockTime(), false);
      transition.set(transition.ledger().with(account.with(account.balance(), account.refunds().and(newest))));
    }
  }

  /** No discrepancy: a provider may ask for more than it gets. */
  static List<LedgerEvent> rejectSettlement(Transition transition, ChainEvent.SettlementRejected fact) {
    return transition.events(other -> new LedgerEvent.SettlementRejected(transition.owner, fact.provider(),
        fact.service(), fact.asked(), fact.rejection(), fact.nonce(), fact.signed(),
        transition.after(fact.subAccount()), other, transition.cause));
  }

  static List<LedgerEvent> acknowledgeProvider(Transition transition, ChainEvent.ProviderAcknowledged fact) {
    SubAccountId id = fact.subAccount();
    transition.ledger().subAccount(id).ifPresentOrElse(
        account -> transition.set(transition.ledger().with(account.withAcknowledged(fact.acknowledged()))),
        () -> transition.reportNotOpen(Optional.of(id), "acknowledged: " + fact.acknowledged()));
    return transition.events(other -> new LedgerEvent.ProviderAcknowledged(transition.owner, id.provider(),
        id.service(), fact.acknowledged(), transition.after(id), other, transition.cause));
  }

  /** No discrepancy for a closed sub-account: a withdrawal of the whole balance has already closed all of them. */
  static List<LedgerEvent> close(Transition transition, ChainEvent.SubAccountClosed fact) {
    SubAccountId id = fact.subAccount();
    Optional<SubAccount> found = transition.ledger().subAccount(id);
    found.ifPresent(account -> {
      postRemainder(transition, Optional.of(id), Posting.subAccount(id), account.balance());
      transition.set(transition.ledger().without(id));
    });
    Balances left = transition.after();
    Balances after = new Balances(left.open(), left.available(), left.locked(),
        Optional.of(SubAccountBalances.CLOSED));
    return transition.events(other -> new LedgerEvent.SubAccountClosed(transition.owner, id.provider(), id.service(),
        after, other, transition.cause));
  }

  static List<LedgerEvent> close(Transition transition, ChainEvent.LedgerClosed fact) {
    postRemainder(transition, Optional.empty(), transition.ledgerAccount(), transition.ledger().available());
    for (SubAccount account : transition.ledger().subAccounts().values()) {
      postRemainder(transition, Optional.of(account.id()), Posting.subAccount(account.id()), account.balance());
    }
    transition.set(Ledger.CLOSED);
    return transition.events(other -> new LedgerEvent.LedgerClosed(fact.owner(), transition.after(), other,
        transition.cause));
  }

  /** Posts the balance that is left in a closed account to {@code outside}, as a discrepancy. */
  private static void postRemainder(Transition transition, Optional<SubAccountId> subAccount, String account,
      Neuron remainder) {
    if (!remainder.isZero()) {
      transition.reportBreach(Rule.CLOSED_IS_EMPTY, subAccount, "nothing left", remainder.toString());
      transition.post(account, Posting.OUTSIDE, remainder);
    }
  }
}
