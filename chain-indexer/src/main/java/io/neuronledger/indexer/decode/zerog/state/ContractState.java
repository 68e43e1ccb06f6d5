package io.neuronledger.indexer.decode.zerog.state;

import io.neuronledger.contracts.balance.ObservedLedger;
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
 * The contracts' whole state at one block.
 *
 * @param balance LedgerManager's native balance, in neuron
 * @param managerBeacon the beacon that names LedgerManager's code; absent where it has none
 */
public record ContractState(Neuron balance, Optional<WalletAddress> managerBeacon,
    SortedMap<WalletAddress, ServiceInfo> services, SortedMap<WalletAddress, LedgerView> ledgers,
    List<AccountView> accounts) {
  public ContractState {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
    accounts = List.copyOf(accounts);
  }

  /** The state before the contracts exist. */
  public static ContractState nothing(Neuron balance) {
    return new ContractState(balance, Optional.empty(), Collections.emptySortedMap(), Collections.emptySortedMap(),
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

  /**
   * Sets the model's ledgers and sub-accounts to this state, for services that the model knows. Equal entries are not
   * written.
   */
  public void assignTo(ContractModel model) {
    model.ledgers().keySet().stream().filter(owner -> !ledgers.containsKey(owner)).forEach(model::removeLedger);
    ledgers.forEach((owner, ledger) -> {
      LedgerState entry = new LedgerState(ledger.available().value(), ledger.total().value());
      if (!model.ledger(owner).equals(Optional.of(entry))) {
        model.put(owner, entry);
      }
    });
    Set<AccountKey> gone = new HashSet<>(model.accountKeys());
    for (AccountView account : accounts) {
      gone.remove(account.key());
      AccountState entry = new AccountState(account.balance(), account.acknowledged(), account.refunds());
      if (model.service(account.key().service()).isPresent()
          && !model.account(account.key()).equals(Optional.of(entry))) {
        model.put(account.key(), entry);
      }
    }
    gone.forEach(model::remove);
  }

  /**
   * The state by owner: every ledger, and every owner with money in a sub-account. An empty sub-account that outlived
   * its ledger is left out.
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
