package io.neuronledger.command.account.rules;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.Refunds;
import io.neuronledger.command.account.SubAccount;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the contract's answer as a ledger. A refund that the ledger has with the same request time keeps its id and its
 * announced flag; any other gets an id from the observation's position. An answer that breaks the contract's own rules
 * is clamped, with a discrepancy.
 */
final class ObservedState {
  private final Transition transition;
  private final Ledger known;
  private Neuron sum = Neuron.ZERO;
  private int newRefunds;

  ObservedState(Transition transition) {
    this.transition = transition;
    this.known = transition.ledger();
  }

  Ledger of(ObservedLedger observed) {
    if (!observed.open()) {
      if (!observed.available().isZero() || !observed.subAccounts().isEmpty()) {
        transition.reportBreach(Rule.CLOSED_IS_EMPTY, Optional.empty(), "nothing in a closed ledger",
            observed.available() + " and " + observed.subAccounts().size() + " sub-accounts");
      }
      return Ledger.CLOSED;
    }
    Neuron available = limitToTotal(observed.available());
    SortedMap<SubAccountId, SubAccount> accounts = new TreeMap<>();
    for (ObservedLedger.SubAccount each : observed.subAccounts()) {
      SubAccountId id = new SubAccountId(transition.owner, each.provider(), each.service());
      if (accounts.containsKey(id)) {
        transition.reportBreach(Rule.STATE_EQUALS_CONTRACT, Optional.of(id), "one answer for each sub-account", "two");
      } else {
        accounts.put(id, subAccount(id, each));
      }
    }
    return new Ledger(true, available, accounts);
  }

  private SubAccount subAccount(SubAccountId id, ObservedLedger.SubAccount observed) {
    Neuron balance = limitToTotal(observed.balance());
    List<PendingRefund> knownRefunds = new ArrayList<>(
        known.subAccount(id).map(account -> account.refunds().active()).orElse(List.of()));
    Refunds refunds = Refunds.NONE;
    for (ObservedLedger.Refund each : observed.refunds()) {
      Neuron room = balance.minusOrZero(refunds.pending());
      if (each.amount().compareTo(room) > 0) {
        transition.reportBreach(Rule.REFUND_WITHIN_FREE, Optional.of(id), "at most " + room, each.amount().toString());
      }
      Neuron amount = each.amount().min(room);
      if (!amount.isZero()) {
        refunds = refunds.and(withId(each, amount, knownRefunds));
      }
    }
    return new SubAccount(id, balance, observed.acknowledged(), refunds);
  }

  /** Refunds requested in the same second are matched by their order. */
  private PendingRefund withId(ObservedLedger.Refund observed, Neuron amount, List<PendingRefund> knownRefunds) {
    for (PendingRefund refund : knownRefunds) {
      if (refund.requestedAt().equals(observed.requestedAt())) {
        knownRefunds.remove(refund);
        return new PendingRefund(refund.id(), amount, refund.requestedAt(), refund.announced());
      }
    }
    RefundId id = new RefundId(transition.cause.position(), transition.cause.branch(), newRefunds++);
    return new PendingRefund(id, amount, observed.requestedAt(), false);
  }

  private Neuron limitToTotal(Neuron amount) {
    Neuron room = Neuron.MAX.minus(sum);
    if (amount.compareTo(room) > 0) {
      transition.reportBreach(Rule.TOTAL_IS_UINT256, Optional.empty(), "at most " + room + " more", amount.toString());
    }
    Neuron accepted = amount.min(room);
    sum = sum.plus(accepted);
    return accepted;
  }
}
