package io.neuronledger.command.account;

import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An owner's balances on chain, and the account rules. {@code decide} never changes state and never refuses: a fact
 * that breaks a rule is recorded together with a discrepancy. {@code evolve} only assigns the state in the event.
 *
 * @param subAccounts the open ones; empty in a closed ledger
 */
public record Ledger(boolean open, Neuron available, SortedMap<SubAccountId, SubAccount> subAccounts) {
  /** Before the first deposit, and after closing. */
  public static final Ledger CLOSED = new Ledger(false, Neuron.ZERO, Collections.emptySortedMap());

  public Ledger {
    subAccounts = Collections.unmodifiableSortedMap(subAccounts);
  }

  /** @param refund still active */
  public record ActiveRefund(SubAccountId subAccount, PendingRefund refund) {}

  public static Ledger of(WalletAddress owner, LedgerState state) {
    if (!state.open()) {
      return CLOSED;
    }
    SortedMap<SubAccountId, SubAccount> accounts = new TreeMap<>();
    for (SubAccountState each : state.subAccounts()) {
      SubAccount account = SubAccount.of(owner, each);
      accounts.put(account.id(), account);
    }
    return new Ledger(true, state.available(), accounts);
  }

  /**
   * The events of a chain fact: first the lock changes due at its block time, then the fact's own event, then a
   * discrepancy for each rule that it broke.
   *
   * @param cause the chain record of the fact
   * @param terms the lock period of each service at the fact
   */
  public List<LedgerEvent> decide(ChainEvent.OwnerFact fact, Cause cause, ServiceTerms terms) {
    List<LedgerEvent> events = new ArrayList<>(dueLockEvents(fact.owner(), cause, terms));
    Ledger now = this;
    for (LedgerEvent event : events) {
      now = now.evolve(event);
    }
    events.addAll(now.decideFact(fact, cause, terms));
    return events;
  }

  /**
   * One event for each refund whose lock has expired, or is in force again, at the cause's block time and whose
   * {@code announced} flag differs. Empty once those events are recorded.
   */
  public List<LedgerEvent> dueLockEvents(WalletAddress owner, Cause cause, ServiceTerms terms) {
    return RefundLockExpiry.events(this, owner, cause, terms);
  }

  private List<LedgerEvent> decideFact(ChainEvent.OwnerFact fact, Cause cause, ServiceTerms terms) {
    Transition transition = new Transition(this, fact.owner(), cause);
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

  /** The state after an event. Never refuses: a stored event has happened. */
  public Ledger evolve(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.Booked booked -> apply(booked.owner(), booked.after());
      case LedgerEvent.Assigned assigned -> of(assigned.owner(), assigned.state());
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.DiscrepancyResolved _ -> this;
    };
  }

  private Ledger apply(WalletAddress owner, Balances after) {
    if (!after.open()) {
      return CLOSED;
    }
    Ledger assigned = new Ledger(true, after.available(), subAccounts);
    if (after.subAccount().isEmpty()) {
      return assigned;
    }
    SubAccount touched = SubAccount.of(owner, after.subAccount().get());
    return after.subAccount().get().open() ? assigned.with(touched) : assigned.without(touched.id());
  }

  Optional<SubAccount> subAccount(SubAccountId id) {
    return Optional.ofNullable(subAccounts.get(id));
  }

  Ledger with(SubAccount account) {
    SortedMap<SubAccountId, SubAccount> accounts = new TreeMap<>(subAccounts);
    accounts.put(account.id(), account);
    return new Ledger(true, available, accounts);
  }

  Ledger without(SubAccountId id) {
    SortedMap<SubAccountId, SubAccount> accounts = new TreeMap<>(subAccounts);
    accounts.remove(id);
    return new Ledger(open, available, accounts);
  }

  /** An open ledger with this balance available. */
  Ledger withAvailable(Neuron amount) {
    return new Ledger(true, amount, subAccounts);
  }

  /** The sum of all sub-account balances. */
  public Neuron locked() {
    Neuron sum = Neuron.ZERO;
    for (SubAccount account : subAccounts.values()) {
      sum = sum.plus(account.balance());
    }
    return sum;
  }

  public Neuron total() {
    return available.plus(locked());
  }

  /** By sub-account, oldest first. */
  public Stream<ActiveRefund> activeRefunds() {
    return subAccounts.values().stream()
        .flatMap(account -> account.refunds().active().stream().map(refund -> new ActiveRefund(account.id(), refund)));
  }

  public LedgerState state() {
    return new LedgerState(open, available, subAccounts.values().stream().map(SubAccount::state).toList());
  }
}
