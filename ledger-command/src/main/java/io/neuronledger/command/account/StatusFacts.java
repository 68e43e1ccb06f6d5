package io.neuronledger.command.account;

import io.neuronledger.contracts.event.Balances;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PendingRefund;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.List;
import java.util.Optional;

/** The facts that move nothing: asking back, rejections, acknowledgements, closings. */
final class StatusFacts {
  private StatusFacts() {}

  /** The request stands whatever it asked; our state holds as pending what is free, so that pending ≤ balance. */
  static List<LedgerEvent> requested(Transition draft, ChainEvent.RefundRequested fact) {
    SubAccountId id = fact.subAccount();
    RefundId refund = new RefundId(draft.cause.position(), draft.cause.branch(), 0);
    Optional<SubAccount> found = draft.ledger().subAccount(id);
    if (found.isEmpty()) {
      draft.notOpen(Optional.of(id), "a refund request of " + fact.amount());
    } else {
      pend(draft, found.get(), refund, fact.amount());
    }
    return draft.with(new LedgerEvent.RefundRequested(draft.owner, id, refund, fact.amount(), draft.cause.blockTime(),
        draft.after(id), draft.postings(), draft.cause));
  }

  private static void pend(Transition draft, SubAccount account, RefundId refund, Neuron amount) {
    Neuron free = account.free();
    if (amount.compareTo(free) > 0) {
      draft.breach(Rule.REFUND_WITHIN_FREE, Optional.of(account.id()), "at most " + free, amount.toString());
    }
    int active = account.refunds().active().size();
    if (active >= Refunds.ACTIVE_MAX) {
      draft.breach(Rule.REFUNDS_AT_MOST_FIVE, Optional.of(account.id()), "at most " + Refunds.ACTIVE_MAX,
          active + " and one more");
    }
    Neuron pending = amount.min(free);
    if (!pending.isZero()) {
      PendingRefund newest = new PendingRefund(refund, pending, draft.cause.blockTime(), false);
      draft.becomes(draft.ledger().with(account.with(account.balance(), account.refunds().and(newest))));
    }
  }

  /** Normal business: a provider may ask for what it does not get. */
  static List<LedgerEvent> rejected(Transition draft, ChainEvent.SettlementRejected fact) {
    return draft.with(new LedgerEvent.SettlementRejected(draft.owner, fact.subAccount(), fact.asked(), fact.reason(),
        fact.nonce(), draft.after(fact.subAccount()), draft.postings(), draft.cause));
  }

  static List<LedgerEvent> acknowledged(Transition draft, ChainEvent.ProviderAcknowledged fact) {
    SubAccountId id = fact.subAccount();
    draft.ledger().subAccount(id).ifPresentOrElse(
        account -> draft.becomes(draft.ledger().with(account.acknowledged(fact.acknowledged()))),
        () -> draft.notOpen(Optional.of(id), "acknowledged: " + fact.acknowledged()));
    return draft.with(new LedgerEvent.ProviderAcknowledged(draft.owner, id, fact.acknowledged(), draft.after(id),
        draft.postings(), draft.cause));
  }

  /** A sub-account that is already gone closes again without ado: a withdrawal of everything has closed them all. */
  static List<LedgerEvent> closed(Transition draft, ChainEvent.SubAccountClosed fact) {
    SubAccountId id = fact.subAccount();
    Optional<SubAccount> found = draft.ledger().subAccount(id);
    found.ifPresent(account -> {
      leave(draft, Optional.of(id), Posting.subAccount(id), account.balance());
      draft.becomes(draft.ledger().without(id));
    });
    Balances left = draft.after();
    Balances after = new Balances(left.open(), left.available(), left.locked(), Optional.of(SubAccount.closed(id)));
    return draft.with(new LedgerEvent.SubAccountClosed(draft.owner, id, after, draft.postings(), draft.cause));
  }

  static List<LedgerEvent> closed(Transition draft, ChainEvent.LedgerClosed fact) {
    leave(draft, Optional.empty(), draft.ledgerAccount(), draft.ledger().available());
    for (SubAccount account : draft.ledger().subAccounts().values()) {
      leave(draft, Optional.of(account.id()), Posting.subAccount(account.id()), account.balance());
    }
    draft.becomes(Ledger.CLOSED);
    return draft.with(new LedgerEvent.LedgerClosed(fact.owner(), draft.after(), draft.postings(), draft.cause));
  }

  /** What is still in an account that closes leaves our books. */
  private static void leave(Transition draft, Optional<SubAccountId> subAccount, String account, Neuron rest) {
    if (!rest.isZero()) {
      draft.breach(Rule.CLOSED_IS_EMPTY, subAccount, "nothing left", rest.toString());
      draft.post(account, Posting.OUTSIDE, rest);
    }
  }
}
