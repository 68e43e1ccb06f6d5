package io.neuronledger.command.account;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An owner's balances on chain. {@code evolve} only assigns the state in the event; which events a fact leads to is
 * decided elsewhere, by the account rules.
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

  /** The state after an event. Never refuses: a stored event has happened. */
  public Ledger evolve(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.Booked booked -> apply(booked);
      case LedgerEvent.Assigned assigned -> of(assigned.owner(), assigned.state());
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.BreachDecision _ -> this;
    };
  }

  private Ledger apply(LedgerEvent.Booked event) {
    if (!event.after().open()) {
      return CLOSED;
    }
    Ledger assigned = new Ledger(true, event.after().available(), subAccounts);
    Optional<SubAccountState> state = event.subAccountState();
    if (state.isEmpty()) {
      return assigned;
    }
    SubAccount touched = SubAccount.of(event.owner(), state.get());
    return state.get().open() ? assigned.with(touched) : assigned.without(touched.id());
  }

  public Optional<SubAccount> subAccount(SubAccountId id) {
    return Optional.ofNullable(subAccounts.get(id));
  }

  public Ledger with(SubAccount account) {
    SortedMap<SubAccountId, SubAccount> accounts = new TreeMap<>(subAccounts);
    accounts.put(account.id(), account);
    return new Ledger(true, available, accounts);
  }

  public Ledger without(SubAccountId id) {
    SortedMap<SubAccountId, SubAccount> accounts = new TreeMap<>(subAccounts);
    accounts.remove(id);
    return new Ledger(open, available, accounts);
  }

  /** An open ledger with this balance available. */
  public Ledger withAvailable(Neuron amount) {
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
