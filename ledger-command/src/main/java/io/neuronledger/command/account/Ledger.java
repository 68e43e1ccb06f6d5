package io.neuronledger.command.account;

import io.neuronledger.contracts.event.Balances;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.LedgerState;
import io.neuronledger.contracts.event.PendingRefund;
import io.neuronledger.contracts.event.SubAccountState;
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
 * An owner's money on chain, and its rules. {@code decide} never changes state and never refuses: a fact that breaks a
 * rule is recorded with a discrepancy beside it. {@code evolve} only assigns what an event says.
 *
 * @param subAccounts the open ones; none in a closed ledger
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
   * What follows from a chain fact: first what its block time has made due, then the fact's own event, then a
   * discrepancy for each rule that it broke.
   *
   * @param cause the record in which the fact came
   * @param terms the lock period of each service at the fact
   */
  public List<LedgerEvent> decide(ChainEvent.OwnerFact fact, Cause cause, ServiceTerms terms) {
    List<LedgerEvent> events = new ArrayList<>(due(fact.owner(), cause, terms));
    Ledger now = this;
    for (LedgerEvent event : events) {
      now = now.evolve(event);
    }
    events.addAll(now.consequences(fact, cause, terms));
    return events;
  }

  /**
   * The refunds whose lock has passed, or been put back, at the cause's block time and are not yet said to be so.
   * Asking again after recording them says nothing.
   */
  public List<LedgerEvent> due(WalletAddress owner, Cause cause, ServiceTerms terms) {
    return RefundLockExpiry.due(this, owner, cause, terms);
  }

  private List<LedgerEvent> consequences(ChainEvent.OwnerFact fact, Cause cause, ServiceTerms terms) {
    Transition draft = new Transition(this, fact.owner(), cause);
    draft.checkExplained(fact);
    return switch (fact) {
      case ChainEvent.Deposit deposit -> Movements.deposited(draft, deposit);
      case ChainEvent.Transfer transfer when transfer.toProvider() -> Movements.transferred(draft, transfer);
      case ChainEvent.Transfer completion -> Movements.completed(draft, completion, terms);
      case ChainEvent.Settled settled -> Movements.settled(draft, settled);
      case ChainEvent.Withdraw withdraw -> Movements.withdrawn(draft, withdraw);
      case ChainEvent.RefundRequested request -> StatusFacts.requested(draft, request);
      case ChainEvent.SettlementRejected rejection -> StatusFacts.rejected(draft, rejection);
      case ChainEvent.SubAccountClosed closed -> StatusFacts.closed(draft, closed);
      case ChainEvent.LedgerClosed closed -> StatusFacts.closed(draft, closed);
      case ChainEvent.ProviderAcknowledged answer -> StatusFacts.acknowledged(draft, answer);
      case ChainEvent.Opening opening -> ObservedStateFacts.opened(draft, opening);
      case ChainEvent.StateObserved observed -> ObservedStateFacts.compared(draft, observed);
    };
  }

  /** The state an event leaves. Never refuses: what is stored has happened. */
  public Ledger evolve(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.Booked booked -> booked(booked.owner(), booked.after());
      case LedgerEvent.Assigned assigned -> of(assigned.owner(), assigned.state());
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.DiscrepancyResolved _ -> this;
    };
  }

  private Ledger booked(WalletAddress owner, Balances after) {
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

  /** Whoever holds money is open. */
  Ledger available(Neuron amount) {
    return new Ledger(true, amount, subAccounts);
  }

  /** Allocated to sub-accounts. */
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
