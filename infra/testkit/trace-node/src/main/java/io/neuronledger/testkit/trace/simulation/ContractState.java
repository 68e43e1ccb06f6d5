package io.neuronledger.testkit.trace.simulation;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.trace.Trace;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The observable state of the real contracts. Copied before a call that may fail. */
final class ContractState {
  static final class Ledger {
    BigInteger available = BigInteger.ZERO;
    BigInteger total = BigInteger.ZERO;
  }

  static final class Account {
    BigInteger balance = BigInteger.ZERO;
    boolean acknowledged = true;
    final List<Trace.Refund> refunds = new ArrayList<>();

    BigInteger pending() {
      return refunds.stream().map(refund -> refund.amount().value()).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Cancels refunds, newest first; the last one may be cancelled in part. */
    void cancel(BigInteger amount) {
      BigInteger rest = amount;
      while (rest.signum() > 0) {
        Trace.Refund newest = refunds.removeLast();
        BigInteger taken = newest.amount().value().min(rest);
        rest = rest.subtract(taken);
        if (taken.compareTo(newest.amount().value()) < 0) {
          refunds.add(new Trace.Refund(new Neuron(newest.amount().value().subtract(taken)), newest.createdAt()));
        }
      }
    }

    /** Pays the oldest refunds whose lock has passed, and returns their sum. */
    BigInteger unlock(Instant now, Duration lock) {
      BigInteger paid = BigInteger.ZERO;
      while (!refunds.isEmpty() && !now.isBefore(refunds.getFirst().createdAt().plus(lock))) {
        paid = paid.add(refunds.removeFirst().amount().value());
      }
      balance = balance.subtract(paid);
      return paid;
    }
  }

  record Key(WalletAddress service, WalletAddress user, WalletAddress provider) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return toString().compareTo(other.toString());
    }
  }

  final SortedMap<WalletAddress, Ledger> ledgers = new TreeMap<>();
  final SortedMap<Key, Account> accounts = new TreeMap<>();
  final Map<Key, BigInteger> nonces = new HashMap<>();
  final Map<WalletAddress, Duration> lockPeriods = new HashMap<>();
  final Set<WalletAddress> wallets = new HashSet<>();
  /** Sub-accounts whose deletion fails in the serving contract; LedgerManager ignores the failure. */
  final Set<Key> undeletable = new HashSet<>();
  BigInteger forced = BigInteger.ZERO;

  ContractState copy() {
    ContractState copy = new ContractState();
    ledgers.forEach((user, ledger) -> {
      Ledger same = new Ledger();
      same.available = ledger.available;
      same.total = ledger.total;
      copy.ledgers.put(user, same);
    });
    accounts.forEach((key, account) -> {
      Account same = new Account();
      same.balance = account.balance;
      same.acknowledged = account.acknowledged;
      same.refunds.addAll(account.refunds);
      copy.accounts.put(key, same);
    });
    copy.nonces.putAll(nonces);
    copy.lockPeriods.putAll(lockPeriods);
    copy.wallets.addAll(wallets);
    copy.undeletable.addAll(undeletable);
    copy.forced = forced;
    return copy;
  }

  Ledger ledger(WalletAddress user) {
    return Optional.ofNullable(ledgers.get(user)).orElseThrow(() -> new Reverted("LedgerNotExists"));
  }

  Trace.State seen() {
    SortedMap<WalletAddress, Optional<Trace.LedgerState>> all = new TreeMap<>();
    wallets.forEach(wallet -> all.put(wallet, Optional.ofNullable(ledgers.get(wallet)).map(ledger ->
        new Trace.LedgerState(new Neuron(ledger.available), new Neuron(ledger.total)))));
    List<Trace.AccountState> seen = new ArrayList<>();
    accounts.forEach((key, account) -> seen.add(new Trace.AccountState(key.service(), key.user(), key.provider(),
        new Neuron(account.balance), new Neuron(account.pending()),
        new Neuron(nonces.getOrDefault(key, BigInteger.ZERO)), account.acknowledged, List.copyOf(account.refunds))));
    return new Trace.State(all, seen, new Neuron(forced));
  }

  /** A check of the contracts failed. */
  static final class Reverted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Reverted(String error) {
      super(error);
    }
  }
}
