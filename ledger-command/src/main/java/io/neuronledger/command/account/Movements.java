package io.neuronledger.command.account;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PendingRefund;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.event.RefundReduction;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.List;
import java.util.Optional;

/**
 * The facts that move money. The chain has moved it, so the fact stands: what our state cannot cover is posted from or
 * to {@code outside}, with a discrepancy, so that postings sum to zero and equal the change of our state.
 */
final class Movements {
  private Movements() {}

  static List<LedgerEvent> deposited(Transition draft, ChainEvent.Deposit fact) {
    boolean opened = !draft.ledger().open();
    Neuron accepted = draft.acceptable(fact.amount());
    draft.becomes(draft.ledger().available(draft.ledger().available().plus(accepted)));
    draft.post(Posting.OUTSIDE, draft.ledgerAccount(), accepted);
    return draft.with(new LedgerEvent.FundsDeposited(draft.owner, fact.payer(), fact.amount(), opened, draft.after(),
        draft.postings(), draft.cause));
  }

  static List<LedgerEvent> transferred(Transition draft, ChainEvent.Transfer fact) {
    SubAccountId id = fact.subAccount();
    if (!draft.ledger().open()) {
      draft.notOpen(Optional.empty(), "a transfer of " + fact.amount() + " out of a closed ledger");
    }
    boolean opened = draft.ledger().subAccount(id).isEmpty();
    SubAccount account = draft.ledger().subAccount(id).orElseGet(() -> SubAccount.opened(id));
    Refunds.Reduced cancelled = account.refunds().reduceNewest(fact.cancelled(), RefundReduction.By.TRANSFER);
    if (!cancelled.uncovered().isZero()) {
      draft.breach(Rule.CANCELLATION_WITHIN_PENDING, Optional.of(id), "at most " + account.refunds().pending(),
          fact.cancelled().toString());
    }
    Neuron moved = draft.covered(fact.amount(), draft.ledger().available(), Optional.empty());
    Neuron appeared = draft.acceptable(fact.amount().minus(moved));
    draft.post(draft.ledgerAccount(), Posting.subAccount(id), moved);
    draft.post(Posting.OUTSIDE, Posting.subAccount(id), appeared);
    draft.becomes(draft.ledger().available(draft.ledger().available().minus(moved))
        .with(account.with(account.balance().plus(moved).plus(appeared), cancelled.left()).acknowledged(true)));
    return draft.with(new LedgerEvent.FundsTransferred(draft.owner, id, fact.amount(), fact.cancelled(), opened,
        cancelled.reductions(), draft.after(id), draft.postings(), draft.cause));
  }

  static List<LedgerEvent> completed(Transition draft, ChainEvent.Transfer fact, ServiceTerms terms) {
    SubAccountId id = fact.subAccount();
    Neuron amount = fact.amount();
    if (!fact.cancelled().isZero()) {
      draft.breach(Rule.CANCELLATION_WITHIN_PENDING, Optional.of(id), "nothing cancelled by a completed refund",
          fact.cancelled().toString());
    }
    Optional<SubAccount> found = draft.ledger().subAccount(id);
    if (found.isEmpty()) {
      draft.notOpen(Optional.of(id), "a completed refund of " + amount);
    }
    SubAccount account = found.orElseGet(() -> SubAccount.opened(id));
    Refunds.Reduced reduced = account.refunds().reduceOldest(amount);
    if (found.isPresent()) {
      checkClaimable(draft, account, reduced, amount, terms);
    }
    Neuron moved = found.isEmpty() ? Neuron.ZERO : draft.covered(amount, account.balance(), Optional.of(id));
    Neuron appeared = draft.acceptable(amount.minus(moved));
    draft.post(Posting.subAccount(id), draft.ledgerAccount(), moved);
    draft.post(Posting.OUTSIDE, draft.ledgerAccount(), appeared);
    Ledger after = draft.ledger().available(draft.ledger().available().plus(moved).plus(appeared));
    draft.becomes(found.isEmpty() ? after : after.with(account.with(account.balance().minus(moved), reduced.left())));
    return draft.with(new LedgerEvent.RefundsCompleted(draft.owner, id, amount, reduced.reductions(), draft.after(id),
        draft.postings(), draft.cause));
  }

  /** Only refunds past their lock come back, each as a whole. */
  private static void checkClaimable(Transition draft, SubAccount account, Refunds.Reduced reduced, Neuron amount,
      ServiceTerms terms) {
    Neuron claimable = Neuron.ZERO;
    for (PendingRefund refund : account.refunds().active()) {
      if (Refunds.isClaimable(refund, draft.cause.blockTime(), terms.lockPeriod(account.id().service()))) {
        claimable = claimable.plus(refund.amount());
      }
    }
    boolean whole = reduced.reductions().stream().allMatch(each -> each.remaining().isZero());
    if (amount.compareTo(claimable) > 0 || !whole) {
      draft.breach(Rule.COMPLETION_IS_CLAIMABLE, Optional.of(account.id()),
          "whole refunds out of " + claimable + " claimable", amount.toString());
    }
  }

  static List<LedgerEvent> settled(Transition draft, ChainEvent.Settled fact) {
    SubAccountId id = fact.subAccount();
    Neuron amount = fact.amount();
    if (amount.compareTo(fact.asked()) > 0) {
      draft.breach(Rule.SETTLED_WITHIN_ASKED, Optional.of(id), "at most " + fact.asked(), amount.toString());
    }
    Neuron taken = Neuron.ZERO;
    List<RefundReduction> reductions = List.of();
    Optional<SubAccount> found = draft.ledger().subAccount(id);
    if (found.isEmpty()) {
      // A settlement of nothing takes from no account: the contracts also answer it for one that outlived its ledger.
      if (!amount.isZero()) {
        draft.notOpen(Optional.of(id), "a settlement of " + amount);
      }
    } else {
      SubAccount account = found.get();
      taken = draft.covered(amount, account.balance(), Optional.of(id));
      Refunds.Reduced reduced =
          account.refunds().reduceNewest(taken.minusOrZero(account.free()), RefundReduction.By.SETTLEMENT);
      reductions = reduced.reductions();
      draft.becomes(draft.ledger().with(account.with(account.balance().minus(taken), reduced.left())));
    }
    draft.post(Posting.subAccount(id), Posting.provider(id.provider()), taken);
    draft.post(Posting.OUTSIDE, Posting.provider(id.provider()), amount.minus(taken));
    return draft.with(new LedgerEvent.FeesSettled(draft.owner, id, fact.asked(), amount,
        fact.asked().minusOrZero(amount), fact.nonce(), reductions, draft.after(id), draft.postings(), draft.cause));
  }

  static List<LedgerEvent> withdrawn(Transition draft, ChainEvent.Withdraw fact) {
    boolean wasOpen = draft.ledger().open();
    Neuron taken = Neuron.ZERO;
    if (wasOpen) {
      taken = draft.covered(fact.amount(), draft.ledger().available(), Optional.empty());
      draft.becomes(draft.ledger().available(draft.ledger().available().minus(taken)));
    } else {
      draft.notOpen(Optional.empty(), "a withdrawal of " + fact.amount());
    }
    boolean closed = wasOpen && draft.ledger().total().isZero();
    if (closed) {
      draft.becomes(Ledger.CLOSED);
    }
    draft.post(draft.ledgerAccount(), Posting.OUTSIDE, taken);
    return draft.with(new LedgerEvent.FundsWithdrawn(draft.owner, fact.amount(), closed, draft.after(),
        draft.postings(), draft.cause));
  }
}
