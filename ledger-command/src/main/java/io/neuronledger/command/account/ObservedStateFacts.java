package io.neuronledger.command.account;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The facts that bring a complete state as the contract answers it: where following starts, and for comparison. */
final class ObservedStateFacts {
  private ObservedStateFacts() {}

  static List<LedgerEvent> opened(Transition draft, ChainEvent.Opening fact) {
    Ledger before = draft.ledger();
    draft.becomes(new ObservedState(draft).of(fact.state()));
    postDifference(draft, before);
    return draft.with(new LedgerEvent.LedgerOpenedFromSnapshot(draft.owner, draft.ledger().state(), draft.postings(),
        draft.cause));
  }

  /** Says nothing where both agree. */
  static List<LedgerEvent> compared(Transition draft, ChainEvent.StateObserved fact) {
    Ledger ours = draft.ledger();
    Ledger theirs = new ObservedState(draft).of(fact.state());
    if (!sameLedger(ours, theirs)) {
      draft.breach(Rule.STATE_EQUALS_CONTRACT, Optional.empty(), toldOf(ours), toldOf(theirs));
    }
    SortedSet<SubAccountId> ids = new TreeSet<>(ours.subAccounts().keySet());
    ids.addAll(theirs.subAccounts().keySet());
    boolean same = sameLedger(ours, theirs);
    for (SubAccountId id : ids) {
      String expected = toldOf(ours.subAccount(id));
      String actual = toldOf(theirs.subAccount(id));
      if (!expected.equals(actual)) {
        same = false;
        draft.breach(Rule.STATE_EQUALS_CONTRACT, Optional.of(id), expected, actual);
      }
    }
    if (same) {
      return draft.breaches();
    }
    draft.becomes(theirs);
    postDifference(draft, ours);
    return draft.with(new LedgerEvent.LedgerRestated(draft.owner, fact.run(), theirs.state(), draft.postings(),
        draft.cause));
  }

  private static boolean sameLedger(Ledger ours, Ledger theirs) {
    return ours.open() == theirs.open() && ours.available().equals(theirs.available());
  }

  private static String toldOf(Ledger ledger) {
    return ledger.open() ? "open, available " + ledger.available() : "closed";
  }

  /** What is compared, in words: equal words, equal states. */
  private static String toldOf(Optional<SubAccount> account) {
    if (account.isEmpty()) {
      return "no sub-account";
    }
    List<String> refunds = account.get().refunds().active().stream()
        .map(refund -> refund.amount() + " asked at " + refund.requestedAt())
        .toList();
    return "balance " + account.get().balance() + ", acknowledged " + account.get().acknowledged() + ", refunds "
        + refunds;
  }

  /** Each account's difference comes from, or goes, outside. */
  private static void postDifference(Transition draft, Ledger before) {
    Ledger after = draft.ledger();
    postDifference(draft, draft.ledgerAccount(), before.available(), after.available());
    SortedSet<SubAccountId> ids = new TreeSet<>(before.subAccounts().keySet());
    ids.addAll(after.subAccounts().keySet());
    for (SubAccountId id : ids) {
      postDifference(draft, Posting.subAccount(id), balanceOf(before, id), balanceOf(after, id));
    }
  }

  private static void postDifference(Transition draft, String account, Neuron before, Neuron after) {
    draft.post(Posting.OUTSIDE, account, after.minusOrZero(before));
    draft.post(account, Posting.OUTSIDE, before.minusOrZero(after));
  }

  private static Neuron balanceOf(Ledger ledger, SubAccountId id) {
    return ledger.subAccount(id).map(SubAccount::balance).orElse(Neuron.ZERO);
  }
}
