package io.neuronledger.testkit.trace;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A recorded trace of the contracts. It starts with an empty ledger; both services are registered before.
 *
 * @param initialLockPeriod of both services, before the first transaction
 * @param transactions in the chain's order
 */
public record Trace(long chainId, WalletAddress ledgerManager, WalletAddress inference, WalletAddress fineTuning,
    Duration initialLockPeriod, List<Transaction> transactions) {
  public static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");
  public static final ServiceName FINE_TUNING = ServiceName.of("fine-tuning-v1.0");

  public Trace {
    transactions = List.copyOf(transactions);
  }

  /** LedgerManager and the serving contracts. */
  public Set<WalletAddress> contracts() {
    return Set.of(ledgerManager, inference, fineTuning);
  }

  /** The serving contracts, in the order of registration. */
  public SortedMap<WalletAddress, ServiceName> services() {
    return new TreeMap<>(Map.of(inference, INFERENCE, fineTuning, FINE_TUNING));
  }

  /**
   * @param to absent where the transaction created a contract
   * @param calls the inner calls to the contracts, made through a wallet that is a contract
   * @param expected the contracts' state after the transaction
   */
  public record Transaction(long block, Instant time, Hash hash, WalletAddress from, Optional<WalletAddress> to,
      Neuron value, String input, List<Call> calls, List<Log> logs, State expected) {
    public Transaction {
      calls = List.copyOf(calls);
      logs = List.copyOf(logs);
    }
  }

  /**
   * @param failed whether the call, with all its inner calls, was reverted; recorded traces hold none
   * @param inside the inner calls; recorded traces are flat
   */
  public record Call(WalletAddress from, WalletAddress to, Neuron value, String input, boolean failed,
      List<Call> inside) {
    public Call {
      inside = List.copyOf(inside);
    }
  }

  /** @param index the log's index in its block */
  public record Log(WalletAddress emitter, List<String> topics, String data, int index) {
    public Log {
      topics = List.copyOf(topics);
    }
  }

  /**
   * @param ledgers the ledger of every wallet of the trace; empty where it has none
   * @param forcedCoins the part of LedgerManager's native balance that was not deposited; zero in recorded traces
   */
  public record State(SortedMap<WalletAddress, Optional<LedgerState>> ledgers, List<AccountState> accounts,
      Neuron forcedCoins) {
    public static final State EMPTY = new State(Collections.emptySortedMap(), List.of(), Neuron.ZERO);

    public State {
      ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
      accounts = List.copyOf(accounts);
    }
  }

  public record LedgerState(Neuron available, Neuron total) {}

  /** @param refunds the active ones, oldest first */
  public record AccountState(WalletAddress service, WalletAddress user, WalletAddress provider, Neuron balance,
      Neuron pendingRefund, Neuron nonce, boolean acknowledged, List<Refund> refunds) {
    public AccountState {
      refunds = List.copyOf(refunds);
    }
  }

  public record Refund(Neuron amount, Instant createdAt) {}
}
