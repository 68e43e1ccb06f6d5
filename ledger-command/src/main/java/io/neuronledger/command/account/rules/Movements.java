package io.neuronledger.command.account.rules;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.Refunds;
import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.command.account.SubAccount;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The facts that move money. The chain has moved it, so a fact is never refused: an amount that the ledger's balance
 * does not cover is posted from or to {@code outside}, with a discrepancy. Postings then sum to zero and equal the
 * change of the ledger.
 */
final class Movements {
  private Movements() {}

  static List<LedgerEvent> deposit(Transition transition, ChainEvent.Deposit fact) {
    boolean opened = !transition.ledger().open();
    Neuron accepted = transition.limitToTotal(fact.amount());
    transition.set(transition.ledger().withAvailable(transition.ledger().available().plus(accepted)));
    transition.post(Posting.OUTSIDE, transition.ledgerAccount(), accepted);
    return transition.events(other -> new LedgerEvent.FundsDeposited(transition.owner, fact.payer(), fact.amount(),
        opened, transition.after(), other, transition.cause));
  }

  static List<LedgerEvent> transfer(Transition transition, ChainEvent.Transfer fact) {
    SubAccountId id = fact.subAccount();
    if (!transition.ledger().open()) {
      transition.reportNotOpen(Optional.empty(), "a transfer of " + fact.amount() + " out of a closed ledger");
    }
    boolean opened = transition.ledger().subAccount(id).isEmpty();
    SubAccount account = transition.ledger().subAccount(id).orElseGet(() -> SubAccount.open(id));
    Refunds.Reduction cancelled = account.refunds().reduceNewest(fact.cancelled(), RefundReduction.By.TRANSFER);
    if (!cancelled.uncovered().isZero()) {
      transition.reportBreach(Rule.CANCELLATION_WITHIN_PENDING, Optional.of(id), "at most "
          + account.refunds().pending(), fact.cancelled().toString());
    }
    Neuron moved = transition.limitToBalance(fact.amount(), transition.ledger().available(), Optional.empty());
    Neuron appeared = transition.limitToTotal(fact.amount().minus(moved));
    transition.post(transition.ledgerAccount(), Posting.subAccount(id), moved);
    transition.post(Posting.OUTSIDE, Posting.subAccount(id), appeared);
    transition.set(transition.ledger().withAvailable(transition.ledger().available().minus(moved))
        .with(account.with(account.balance().plus(moved).plus(appeared), cancelled.left()).withAcknowledged(true)));
    return transition.events(other -> new LedgerEvent.FundsTransferred(transition.owner, id.provider(), id.service(),
        fact.amount(), fact.cancelled(), opened, RefundReduction.stored(cancelled.reductions()), transition.after(id),
        other, transition.cause));
  }

  static List<LedgerEvent> completeRefunds(Transition transition, ChainEvent.Transfer fact, ServiceTerms terms) {
    SubAccountId id = fact.subAccount();
    Neuron amount = fact.amount();
    if (!fact.cancelled().isZero()) {
      transition.reportBreach(Rule.CANCELLATION_WITHIN_PENDING, Optional.of(id),
          "nothing cancelled by a completed refund", fact.cancelled().toString());
    }
    Optional<SubAccount> found = transition.ledger().subAccount(id);
    if (found.isEmpty()) {
      transition.reportNotOpen(Optional.of(id), "a completed refund of " + amount);
    }
    SubAccount account = found.orElseGet(() -> SubAccount.open(id));
    Refunds.Reduction reduced = account.refunds().reduceOldest(amount);
    if (found.isPresent()) {
      checkClaimable(transition, account, reduced, amount, terms);
    }
    Neuron moved = found.isEmpty() ? Neuron.ZERO : transition.limitToBalance(amount, account.balance(),
        Optional.of(id));
    Neuron appeared = transition.limitToTotal(amount.minus(moved));
    transition.post(Posting.subAccount(id), transition.ledgerAccount(), moved);
    transition.post(Posting.OUTSIDE, transition.ledgerAccount(), appeared);
    Ledger after = transition.ledger().withAvailable(transition.ledger().available().plus(moved).plus(appeared));
    transition.set(found.isEmpty() ? after : after.with(account.with(account.balance().minus(moved), reduced.left())));
    return transition.events(other -> new LedgerEvent.RefundsCompleted(transition.owner, id.provider(), id.service(),
        amount, RefundReduction.stored(reduced.reductions()), transition.after(id), other, transition.cause));
  }

  /** Only refunds past their lock can be completed, each as a whole. */
  private static void checkClaimable(Transition transition, SubAccount account, Refunds.Reduction reduced,
      Neuron amount, ServiceTerms terms) {
    Duration lockPeriod = terms.lockPeriod(account.id().service());
    Neuron claimable = Neuron.ZERO;
    for (PendingRefund refund : account.refunds().active()) {
      if (RefundRules.isClaimable(refund.requestedAt(), transition.cause.blockTime(), lockPeriod)) {
        claimable = claimable.plus(refund.amount());
      }
    }
    boolean whole = reduced.reductions().stream().allMatch(each -> each.remaining().isZero());
    if (amount.compareTo(claimable) > 0 || !whole) {
      transition.reportBreach(Rule.COMPLETION_IS_CLAIMABLE, Optional.of(account.id()),
          "whole refunds out of " + claimable + " claimable", amount.toString());
    }
  }

  static List<LedgerEvent> settle(Transition transition, ChainEvent.Settled fact) {
    SubAccountId id = fact.subAccount();
    Neuron amount = fact.amount();
    if (amount.compareTo(fact.asked()) > 0) {
      transition.reportBreach(Rule.SETTLED_WITHIN_ASKED, Optional.of(id), "at most " + fact.asked(), amount.toString());
    }
    Neuron taken = Neuron.ZERO;
    List<RefundReduction> reductions = List.of();
    Optional<SubAccount> found = transition.ledger().subAccount(id);
    if (found.isEmpty()) {
      // A settlement of zero needs no account: the contracts also emit it for a sub-account whose ledger is closed.
      if (!amount.isZero()) {
        transition.reportNotOpen(Optional.of(id), "a settlement of " + amount);
      }
    } else {
      SubAccount account = found.get();
      taken = transition.limitToBalance(amount, account.balance(), Optional.of(id));
      Refunds.Reduction reduced =
          account.refunds().reduceNewest(taken.minusOrZero(account.free()), RefundReduction.By.SETTLEMENT);
      reductions = reduced.reductions();
      transition.set(transition.ledger().with(account.with(account.balance().minus(taken), reduced.left())));
    }
    Optional<List<RefundReduction>> consumed = RefundReduction.stored(reductions);
    transition.post(Posting.subAccount(id), Posting.provider(id.provider()), taken);
    transition.post(Posting.OUTSIDE, Posting.provider(id.provider()), amount.minus(taken));
    return transition.events(other -> new LedgerEvent.FeesSettled(transition.owner, id.provider(), id.service(),
        Optional.of(fact.asked()), amount, fact.nonce(), fact.signed(), consumed, transition.after(id), other,
        transition.cause));
  }

  static List<LedgerEvent> withdraw(Transition transition, ChainEvent.Withdraw fact) {
    boolean wasOpen = transition.ledger().open();
    Neuron taken = Neuron.ZERO;
    if (wasOpen) {
      taken = transition.limitToBalance(fact.amount(), transition.ledger().available(), Optional.empty());
      transition.set(transition.ledger().withAvailable(transition.ledger().available().minus(taken)));
    } else {
      transition.reportNotOpen(Optional.empty(), "a withdrawal of " + fact.amount());
    }
    boolean closed = wasOpen && transition.ledger().total().isZero();
    if (closed) {
      transition.set(Ledger.CLOSED);
    }
    transition.post(transition.ledgerAccount(), Posting.OUTSIDE, taken);
    return transition.events(other -> new LedgerEvent.FundsWithdrawn(transition.owner, fact.amount(), closed,
        transition.after(), other, transition.cause));
  }
}
