package io.neuronledger.wallet.funding;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.plan.PendingRefund;
import io.neuronledger.wallet.plan.SubAccountHoldings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An owner's money as it would have been: by the rules of the contracts, as far as there was money for each move. */
final class SimulatedHoldings {
  private final WalletAddress owner;
  private final Duration lock;
  private final Map<Key, Account> accounts = new LinkedHashMap<>();
  private Neuron available;

  private record Key(WalletAddress provider, ServiceName service) {}

  /** The refunds are oldest first; used is what was used less what was settled. */
  private static final class Account {
    private Neuron balance = Neuron.ZERO;
    private final List<PendingRefund> refunds = new ArrayList<>();
    private NeuronSum used = NeuronSum.ZERO;

    Neuron pending() {
      return refunds.stream().map(PendingRefund::amount).reduce(Neuron.ZERO, Neuron::plus);
    }

    /** The newest first, the last one in part. */
    void cancelNewest(Neuron amount) {
      Neuron left = amount;
      while (!left.isZero() && !refunds.isEmpty()) {
        PendingRefund newest = refunds.removeLast();
        Neuron taken = newest.amount().min(left);
        left = left.minus(taken);
        if (taken.compareTo(newest.amount()) < 0) {
          refunds.add(new PendingRefund(newest.amount().minus(taken), newest.requestedAt(), newest.unlocksAt(),
              false));
        }
      }
    }
  }

  SimulatedHoldings(Holdings beginning, Duration lock) {
    this.owner = beginning.owner();
    this.lock = lock;
    this.available = beginning.available();
    for (SubAccountHoldings each : beginning.subAccounts()) {
      Account account = account(each.provider(), each.service());
      account.balance = each.balance();
      account.refunds.addAll(each.refunds());
      account.used = each.unsettled();
    }
  }

  private Account account(WalletAddress provider, ServiceName service) {
    return accounts.computeIfAbsent(new Key(provider, service), _ -> new Account());
  }

  NeuronSum spendable(WalletAddress provider, ServiceName service) {
    Account account = accounts.get(new Key(provider, service));
    return account == null ? NeuronSum.ZERO
        : NeuronSum.of(account.balance.minusOrZero(account.pending())).minus(account.used.orZero());
  }

  Holdings at(Instant now) {
    List<SubAccountHoldings> all = accounts.entrySet().stream().map(each -> new SubAccountHoldings(
        each.getKey().provider(), each.getKey().service(), each.getValue().balance,
        each.getValue().refunds.stream().map(refund -> new PendingRefund(refund.amount(), refund.requestedAt(),
            refund.unlocksAt(), !refund.unlocksAt().isAfter(now))).toList(),
        each.getValue().used.orZero())).toList();
    Neuron total = all.stream().map(SubAccountHoldings::balance).reduce(available, Neuron::plus);
    return new Holdings(owner, !total.isZero(), available, total, all);
  }

  void apply(AccountMove move) {
    switch (move) {
      case AccountMove.Deposited deposited -> available = available.plus(deposited.amount());
      case AccountMove.Withdrawn withdrawn -> available = available.minusOrZero(withdrawn.amount());
      case AccountMove.OfAccount of -> apply(of, account(of.provider(), of.service()));
    }
  }

  private void apply(AccountMove.OfAccount move, Account account) {
    switch (move) {
      case AccountMove.Transferred transferred -> {
        Neuron cancelled = transferred.amount().min(account.pending());
        Neuron moved = transferred.amount().minus(cancelled).min(available);
        account.cancelNewest(cancelled);
        account.balance = account.balance.plus(moved);
        available = available.minus(moved);
      }
      case AccountMove.AskedBack asked -> {
        Neuron amount = asked.amount().min(account.balance.minusOrZero(account.pending()));
        if (!amount.isZero()) {
          account.refunds.add(new PendingRefund(amount, asked.time(), asked.time().plus(lock), false));
        }
      }
      case AccountMove.Returned returned -> {
        Neuron left = returned.amount();
        while (!left.isZero() && !account.refunds.isEmpty()) {
          PendingRefund oldest = account.refunds.removeFirst();
          left = left.minusOrZero(oldest.amount());
          account.balance = account.balance.minus(oldest.amount());
          available = available.plus(oldest.amount());
        }
      }
      case AccountMove.Settled settled -> {
        Neuron taken = settled.asked().min(account.balance);
        Neuron free = account.balance.minusOrZero(account.pending());
        account.cancelNewest(taken.minusOrZero(free));
        account.balance = account.balance.minus(taken);
        account.used = account.used.minus(NeuronSum.of(settled.asked()));
      }
      case AccountMove.Used used -> account.used = account.used.plus(used.fee());
      case AccountMove.Reversed reversed -> account.used = account.used.minus(NeuronSum.of(reversed.fee()));
    }
  }
}
