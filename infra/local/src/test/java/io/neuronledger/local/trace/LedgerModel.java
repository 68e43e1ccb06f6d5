package io.neuronledger.local.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.ObservedLedger;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The domain's arithmetic in its shortest form: what the chain events alone say. It refuses what must not be: an amount
 * below zero, a refund that is not there.
 */
final class LedgerModel {
  private final SortedMap<WalletAddress, Neuron> available = new TreeMap<>();
  private final SortedMap<SubAccountId, SubAccount> subAccounts = new TreeMap<>();

  private static final class SubAccount {
    Neuron balance = Neuron.ZERO;
    final List<Trace.Refund> refunds = new ArrayList<>();

    Neuron pending() {
      return refunds.stream().map(Trace.Refund::amount).reduce(Neuron.ZERO, Neuron::plus);
    }

    void takeNewest(Neuron amount) {
      Neuron rest = amount;
      while (!rest.isZero()) {
        Trace.Refund newest = refunds.removeLast();
        Neuron taken = newest.amount().min(rest);
        rest = rest.minus(taken);
        if (!taken.equals(newest.amount())) {
          refunds.add(new Trace.Refund(newest.amount().minus(taken), newest.createdAt()));
        }
      }
    }

    void takeOldest(Neuron amount) {
      Neuron rest = amount;
      while (!rest.isZero()) {
        rest = rest.minus(refunds.removeFirst().amount());
      }
    }
  }

  void apply(ChainEvent event, Instant blockTime) {
    switch (event) {
      case ChainEvent.Deposit e -> available.merge(e.owner(), e.amount(), Neuron::plus);
      case ChainEvent.Withdraw e -> {
        available.put(e.owner(), held(e.owner()).minus(e.amount()));
        closeIfEmpty(e.owner());
      }
      case ChainEvent.Transfer e when e.toProvider() -> {
        SubAccount account = subAccounts.computeIfAbsent(e.subAccount(), _ -> new SubAccount());
        account.takeNewest(e.cancelled());
        account.balance = account.balance.plus(e.amount());
        available.put(e.owner(), held(e.owner()).minus(e.amount()));
      }
      case ChainEvent.Transfer e -> {
        SubAccount account = existing(e.subAccount());
        account.takeOldest(e.amount());
        account.balance = account.balance.minus(e.amount());
        available.put(e.owner(), held(e.owner()).plus(e.amount()));
      }
      case ChainEvent.RefundRequested e -> existing(e.subAccount()).refunds
          .add(new Trace.Refund(e.amount(), blockTime));
      case ChainEvent.Settled e -> settle(e);
      case ChainEvent.SubAccountClosed e -> subAccounts.remove(e.subAccount());
      case ChainEvent.LedgerClosed e -> close(e.owner());
      case ChainEvent.Opening e -> open(e);
      case ChainEvent.SettlementRejected _, ChainEvent.ProviderAcknowledged _, ChainEvent.Broadcast _,
          ChainEvent.StateObserved _ -> { }
    }
  }

  private void settle(ChainEvent.Settled e) {
    if (e.amount().isZero()) {
      assertThat(e.provider().equals(WalletAddress.ZERO) || !available.containsKey(e.owner())
          || subAccounts.containsKey(e.subAccount())).as("%s is about a sub-account that there is", e).isTrue();
      return;
    }
    SubAccount account = existing(e.subAccount());
    account.takeNewest(e.amount().minusOrZero(account.balance.minus(account.pending())));
    account.balance = account.balance.minus(e.amount());
  }

  private void open(ChainEvent.Opening e) {
    if (e.state().open()) {
      available.put(e.owner(), e.state().available());
    }
    for (ObservedLedger.SubAccount opened : e.state().subAccounts()) {
      SubAccount account = new SubAccount();
      account.balance = opened.balance();
      opened.refunds().forEach(refund -> account.refunds.add(new Trace.Refund(refund.amount(), refund.requestedAt())));
      subAccounts.put(new SubAccountId(e.owner(), opened.provider(), opened.service()), account);
    }
  }

  private void closeIfEmpty(WalletAddress owner) {
    if (total(owner).isZero()) {
      close(owner);
    }
  }

  private void close(WalletAddress owner) {
    assertThat(total(owner)).as("what closes is empty").isEqualTo(Neuron.ZERO);
    available.remove(owner);
    subAccounts.keySet().removeIf(id -> id.owner().equals(owner));
  }

  private Neuron held(WalletAddress owner) {
    return Optional.ofNullable(available.get(owner)).orElseThrow(() -> new AssertionError("no ledger of " + owner));
  }

  private SubAccount existing(SubAccountId id) {
    return Optional.ofNullable(subAccounts.get(id)).orElseThrow(() -> new AssertionError("no " + id));
  }

  private Neuron total(WalletAddress owner) {
    Neuron sum = available.getOrDefault(owner, Neuron.ZERO);
    for (var account : subAccounts.entrySet()) {
      sum = account.getKey().owner().equals(owner) ? sum.plus(account.getValue().balance) : sum;
    }
    return sum;
  }

  /** In the words of the trace: so that both can be held side by side. */
  Trace.State state(Trace trace, Iterable<WalletAddress> wallets) {
    SortedMap<WalletAddress, Optional<Trace.LedgerState>> ledgers = new TreeMap<>();
    wallets.forEach(wallet -> ledgers.put(wallet, Optional.ofNullable(available.get(wallet))
        .map(amount -> new Trace.LedgerState(amount, total(wallet)))));
    List<Trace.AccountState> accounts = new ArrayList<>();
    subAccounts.forEach((id, account) -> accounts.add(new Trace.AccountState(service(trace, id), id.owner(),
        id.provider(), account.balance, account.pending(), Neuron.ZERO, true, account.refunds)));
    return new Trace.State(ledgers, sorted(accounts), Neuron.ZERO);
  }

  /**
   * What both can say: without the nonce and the acknowledgement, in one order; without empty sub-accounts that
   * outlived their ledger.
   */
  static Trace.State comparable(Trace.State state) {
    return new Trace.State(state.ledgers(), sorted(state.accounts().stream().filter(account ->
        !account.balance().isZero() || Objects.requireNonNull(state.ledgers().get(account.user())).isPresent())
        .map(account -> new Trace.AccountState(
        account.service(), account.user(), account.provider(), account.balance(), account.pendingRefund(), Neuron.ZERO,
        true, account.refunds())).toList()), Neuron.ZERO);
  }

  private static List<Trace.AccountState> sorted(List<Trace.AccountState> accounts) {
    return accounts.stream().sorted(Comparator.comparing(Trace.AccountState::service)
        .thenComparing(Trace.AccountState::user).thenComparing(Trace.AccountState::provider)).toList();
  }

  private static WalletAddress service(Trace trace, SubAccountId id) {
    return trace.services().entrySet().stream().filter(entry -> entry.getValue().equals(id.service())).findFirst()
        .orElseThrow().getKey();
  }
}
