package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.transaction.ContractAbi;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The contract's state, derived from its logs alone. */
final class StateFromLogs {
  private final List<ServiceAt> services = new ArrayList<>();
  private final SortedMap<WalletAddress, Neuron> available = new TreeMap<>();
  private final SortedMap<SubAccountId, SubAccountAt> subAccounts = new TreeMap<>();
  private final Map<SubAccountId, BigInteger> nonces = new HashMap<>();

  void read(ContractAbi.Decoded log, Instant blockTime) {
    Arguments of = new Arguments(new ArrayDeque<>(log.arguments()));
    switch (log.name()) {
      case "ServiceRegistered" -> services.add(new ServiceAt(of.service(), of.period()));
      case "LockPeriodSet" -> {
        ServiceAt set = new ServiceAt(of.service(), of.period());
        services.replaceAll(each -> each.name().equals(set.name()) ? set : each);
      }
      case "Deposit" -> {
        WalletAddress owner = of.address();
        of.address();
        available.merge(owner, of.amount(), Neuron::plus);
      }
      case "Withdraw" -> take(of.address(), of.amount());
      case "LedgerClosed" -> available.remove(of.address());
      case "SubAccountClosed" -> subAccounts.remove(of.subAccount());
      case "ProviderAcknowledged" -> {
        SubAccountAt account = open(of.subAccount());
        put(with(account, account.balance(), of.bool(), account.nonce(), account.refunds()));
      }
      case "Transfer" -> transfer(of.subAccount(), of.bool(), of.amount(), of.amount());
      case "RefundRequested" -> {
        SubAccountAt account = open(of.subAccount());
        List<RefundAt> refunds = new ArrayList<>(account.refunds());
        refunds.add(new RefundAt(of.amount(), blockTime));
        put(with(account, account.balance(), account.acknowledged(), account.nonce(), refunds));
      }
      case "Settled" -> settled(of.subAccount(), of.amount(), of.amount(), of.integer(), of.integer());
      default -> throw new IllegalStateException("unknown " + log);
    }
  }

  ContractState state() {
    SortedMap<WalletAddress, LedgerAt> ledgers = new TreeMap<>();
    available.forEach((owner, free) -> ledgers.put(owner, new LedgerAt(owner, true, free, subAccounts.values().stream()
        .filter(each -> each.id().owner().equals(owner)).map(SubAccountAt::balance).reduce(free, Neuron::plus))));
    Neuron coins = ledgers.values().stream().map(LedgerAt::total).reduce(Neuron.ZERO, Neuron::plus);
    return new ContractState(coins, services, ledgers, subAccounts);
  }

  private void transfer(SubAccountId id, boolean toProvider, Neuron amount, Neuron cancelled) {
    if (toProvider) {
      SubAccountAt account = subAccounts.getOrDefault(id, new SubAccountAt(id, true, Neuron.ZERO, Neuron.ZERO, true,
          nonces.getOrDefault(id, BigInteger.ZERO), List.of()));
      take(id.owner(), amount);
      put(with(account, account.balance().plus(amount), true, account.nonce(),
          withoutNewest(account.refunds(), cancelled)));
    } else {
      SubAccountAt account = open(id);
      available.merge(id.owner(), amount, Neuron::plus);
      put(with(account, account.balance().minus(amount), account.acknowledged(), account.nonce(),
          withoutOldest(account.refunds(), amount)));
    }
  }

  private void settled(SubAccountId id, Neuron asked, Neuron amount, BigInteger status, BigInteger nonce) {
    if (status.intValueExact() > 1) {
      if (!amount.isZero()) {
        throw new IllegalStateException("rejected, and yet paid: " + id);
      }
      return;
    }
    if (status.signum() == 0 != asked.equals(amount)) {
      throw new IllegalStateException("asked " + asked + ", got " + amount + ", status " + status);
    }
    SubAccountAt account = open(id);
    Neuron free = account.balance().minus(account.pendingRefund());
    nonces.put(id, nonce);
    put(with(account, account.balance().minus(amount), account.acknowledged(), nonce,
        withoutNewest(account.refunds(), amount.minusOrZero(free))));
  }

  private void take(WalletAddress owner, Neuron amount) {
    available.compute(owner, (_, free) -> {
      if (free == null) {
        throw new IllegalStateException("no ledger of " + owner);
      }
      return free.minus(amount);
    });
  }

  private static List<RefundAt> withoutNewest(List<RefundAt> refunds, Neuron amount) {
    List<RefundAt> left = new ArrayList<>(refunds);
    Neuron rest = amount;
    while (!rest.isZero()) {
      RefundAt newest = left.removeLast();
      if (newest.amount().compareTo(rest) > 0) {
        left.add(new RefundAt(newest.amount().minus(rest), newest.requestedAt()));
        return left;
      }
      rest = rest.minus(newest.amount());
    }
    return left;
  }

  /** Completed refunds are whole: a remainder throws. */
  private static List<RefundAt> withoutOldest(List<RefundAt> refunds, Neuron amount) {
    List<RefundAt> left = new ArrayList<>(refunds);
    for (Neuron rest = amount; !rest.isZero(); ) {
      rest = rest.minus(left.removeFirst().amount());
    }
    return left;
  }

  private SubAccountAt open(SubAccountId id) {
    return Objects.requireNonNull(subAccounts.get(id), () -> "not open: " + id);
  }

  private void put(SubAccountAt account) {
    subAccounts.put(account.id(), account);
  }

  private static SubAccountAt with(SubAccountAt account, Neuron balance, boolean acknowledged, BigInteger nonce,
      List<RefundAt> refunds) {
    Neuron pending = refunds.stream().map(RefundAt::amount).reduce(Neuron.ZERO, Neuron::plus);
    return new SubAccountAt(account.id(), true, balance, pending, acknowledged, nonce, refunds);
  }

  /** A log's arguments, read one after the other. */
  private record Arguments(Deque<Object> rest) {
    WalletAddress address() {
      return (WalletAddress) rest.removeFirst();
    }

    ServiceName service() {
      return ServiceName.of((String) rest.removeFirst());
    }

    BigInteger integer() {
      return (BigInteger) rest.removeFirst();
    }

    Neuron amount() {
      return new Neuron(integer());
    }

    boolean bool() {
      return (Boolean) rest.removeFirst();
    }

    Duration period() {
      return Duration.ofSeconds(integer().longValueExact());
    }

    SubAccountId subAccount() {
      return new SubAccountId(address(), address(), service());
    }
  }
}
