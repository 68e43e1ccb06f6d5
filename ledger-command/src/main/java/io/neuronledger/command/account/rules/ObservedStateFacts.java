package io.neuronledger.command.account.rules;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.SubAccount;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The facts that carry a complete ledger as the contract returns it: the opening state, and states to compare with. */
final class ObservedStateFacts {
  private ObservedStateFacts() {}

  static List<LedgerEvent> open(Transition transition, ChainEvent.Opening fact) {
    Ledger before = transition.ledger();
    transition.set(new ObservedState(transition).of(fact.state()));
    postDifference(transition, before);
    return transition.events(other -> new LedgerEvent.LedgerOpenedFromSnapshot(transition.owner,
        transition.ledger().state(), other, transition.cause));
  }

  /** No event if the two states are equal. */
  static List<LedgerEvent> compare(Transition transition, ChainEvent.StateObserved fact) {
    Ledger recorded = transition.ledger();
    Ledger observed = new ObservedState(transition).of(fact.state());
    if (!sameLedger(recorded, observed)) {
      transition.reportBreach(Rule.STATE_EQUALS_CONTRACT, Optional.empty(), describe(recorded), describe(observed));
    }
    SortedSet<SubAccountId> ids = new TreeSet<>(recorded.subAccounts().keySet());
    ids.addAll(observed.subAccounts().keySet());
    boolean same = sameLedger(recorded, observed);
    for (SubAccountId id : ids) {
      Optional<Compared> expected = recorded.subAccount(id).map(Compared::of);
      Optional<Compared> actual = observed.subAccount(id).map(Compared::of);
      if (!expected.equals(actual)) {
        same = false;
        transition.reportBreach(Rule.STATE_EQUALS_CONTRACT, Optional.of(id), describe(expected), describe(actual));
      }
    }
    if (same) {
      return transition.breaches();
    }
    transition.set(observed);
    postDifference(transition, recorded);
    return transition.events(other -> new LedgerEvent.LedgerRestated(transition.owner, fact.run(), observed.state(),
        other, transition.cause));
  }

  private static boolean sameLedger(Ledger recorded, Ledger observed) {
    return recorded.open() == observed.open() && recorded.available().equals(observed.available());
  }

  private static String describe(Ledger ledger) {
    return ledger.open() ? "open, available " + ledger.available() : "closed";
  }

  /** What the contract knows of a sub-account; ids and announcements of refunds are the ledger's own. */
  private record Compared(Neuron balance, boolean acknowledged, List<ObservedLedger.Refund> refunds) {
    static Compared of(SubAccount account) {
      return new Compared(account.balance(), account.acknowledged(), account.refunds().active().stream()
          .map(refund -> new ObservedLedger.Refund(refund.amount(), refund.requestedAt())).toList());
    }
  }

  private static String describe(Optional<Compared> account) {
    return account.map(state -> "balance " + state.balance() + ", acknowledged " + state.acknowledged() + ", refunds "
        + state.refunds().stream().map(refund -> refund.amount() + " requested at " + refund.requestedAt()).toList())
        .orElse("no sub-account");
  }

  /** Posts each account's difference from or to {@code outside}. */
  private static void postDifference(Transition transition, Ledger before) {
    Ledger after = transition.ledger();
    postDifference(transition, transition.ledgerAccount(), before.available(), after.available());
    SortedSet<SubAccountId> ids = new TreeSet<>(before.subAccounts().keySet());
    ids.addAll(after.subAccounts().keySet());
    for (SubAccountId id : ids) {
      postDifference(transition, Posting.subAccount(id), balanceOf(before, id), balanceOf(after, id));
    }
  }

  private static void postDifference(Transition transition, String account, Neuron before, Neuron after) {
    transition.post(Posting.OUTSIDE, account, after.minusOrZero(before));
    transition.post(account, Posting.OUTSIDE, before.minusOrZero(after));
  }

  private static Neuron balanceOf(Ledger ledger, SubAccountId id) {
    return ledger.subAccount(id).map(SubAccount::balance).orElse(Neuron.ZERO);
  }
}
