package io.neuronledger.indexer.decode.zerog.state;

import io.neuronledger.contracts.event.ObservedLedger;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.AccountState;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.LedgerState;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the contracts know, at one block.
 *
 * @param coins what LedgerManager holds
 * @param managerBeacon where LedgerManager's code is named; absent where it is a contract by itself
 */
public record ContractState(Neuron coins, Optional<WalletAddress> managerBeacon,
    SortedMap<WalletAddress, ServiceInfo> services, SortedMap<WalletAddress, LedgerView> ledgers,
    List<AccountView> accounts) {
  public ContractState {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
    accounts = List.copyOf(accounts);
  }

  /** Before the contracts were there. */
  public static ContractState nothing(Neuron coins) {
    return new ContractState(coins, Optional.empty(), Collections.emptySortedMap(), Collections.emptySortedMap(),
        List.of());
  }

  public record LedgerView(Neuron available, Neuron total) {}

  /** @param refunds the active ones, oldest first */
  public record AccountView(AccountKey key, Neuron balance, boolean acknowledged,
      List<ObservedLedger.Refund> refunds) {
    public AccountView {
      refunds = List.copyOf(refunds);
    }
  }

  /** Makes the books of ledgers and sub-accounts say the same, with services that they know. Equal ones stay. */
  public void assignTo(ContractModel books) {
    books.ledgers().keySet().stream().filter(owner -> !ledgers.containsKey(owner)).forEach(books::removeLedger);
    ledgers.forEach((owner, ledger) -> {
      LedgerState entry = new LedgerState(ledger.available().value(), ledger.total().value());
      if (!books.ledger(owner).equals(Optional.of(entry))) {
        books.put(owner, entry);
      }
    });
    Set<AccountKey> gone = new HashSet<>(books.accountKeys());
    for (AccountView account : accounts) {
      gone.remove(account.key());
      AccountState entry = new AccountState(account.balance(), account.acknowledged(), account.refunds());
      if (books.service(account.key().service()).isPresent()
          && !books.account(account.key()).equals(Optional.of(entry))) {
        books.put(account.key(), entry);
      }
    }
    gone.forEach(books::remove);
  }

  /**
   * The same, owner by owner: every ledger, and whoever has something in a sub-account. An empty sub-account that
   * outlived its ledger is no part of anything.
   */
  public SortedMap<WalletAddress, ObservedLedger> observed() {
    SortedMap<WalletAddress, List<ObservedLedger.SubAccount>> accountsOf = new TreeMap<>();
    ledgers.keySet().forEach(owner -> accountsOf.put(owner, new ArrayList<>()));
    for (AccountView account : accounts) {
      if (account.balance().isZero() && !ledgers.containsKey(account.key().user())) {
        continue;
      }
      ServiceInfo service = Objects.requireNonNull(services.get(account.key().service()));
      accountsOf.computeIfAbsent(account.key().user(), _ -> new ArrayList<>()).add(new ObservedLedger.SubAccount(
          account.key().provider(), service.name(), account.balance(), account.acknowledged(), account.refunds()));
    }
    SortedMap<WalletAddress, ObservedLedger> observed = new TreeMap<>();
    accountsOf.forEach((owner, subAccounts) -> {
      Optional<LedgerView> ledger = Optional.ofNullable(ledgers.get(owner));
      observed.put(owner, new ObservedLedger(ledger.isPresent(),
          ledger.map(LedgerView::available).orElse(Neuron.ZERO), subAccounts));
    });
    return observed;
  }
}
