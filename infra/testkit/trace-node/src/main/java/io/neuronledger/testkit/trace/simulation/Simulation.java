package io.neuronledger.testkit.trace.simulation;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.simulation.ContractState.Reverted;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs operations against the described contracts and records a trace: transactions, inner calls, logs, and the state
 * after each. Written from the contracts' description alone, independent of the decoder.
 */
public final class Simulation {
  public static final WalletAddress MANAGER = wallet(0xa1);
  public static final WalletAddress INFERENCE = wallet(0xa2);
  public static final WalletAddress FINE_TUNING = wallet(0xa3);
  /** One 0G in neuron. */
  public static final BigInteger ONE = BigInteger.TEN.pow(18);

  private static final Duration INITIAL_LOCK = Duration.ofDays(1);
  private static final BigInteger NO_VALUE = BigInteger.ZERO;

  private final SimulatedCalls calls;
  private ContractState state = new ContractState();
  private final List<Trace.Transaction> transactions = new ArrayList<>();
  private long block;
  private Instant now = Instant.ofEpochSecond(1_800_000_000L);
  private List<Trace.Log> logs = new ArrayList<>();
  private int logIndex;

  public Simulation(long firstBlock) {
    this.block = firstBlock;
    this.calls = new SimulatedCalls(this);
    state.lockPeriods.put(INFERENCE, INITIAL_LOCK);
    state.lockPeriods.put(FINE_TUNING, INITIAL_LOCK);
  }

  public static WalletAddress wallet(int number) {
    return WalletAddress.parse("0x%040x".formatted(BigInteger.valueOf(number).shiftLeft(80).add(BigInteger.ONE)));
  }

  /** The registered name of a service. */
  static String nameOf(WalletAddress service) {
    return (service.equals(INFERENCE) ? Trace.INFERENCE : Trace.FINE_TUNING).value();
  }

  /** Starts without the fine-tuning service. */
  public Simulation withoutFineTuning() {
    state.lockPeriods.remove(FINE_TUNING);
    return this;
  }

  /** Starts without services. */
  public Simulation withoutServices() {
    state.lockPeriods.clear();
    return this;
  }

  /** Changes the implementation of a beacon. */
  public Simulation upgraded(WalletAddress beacon, WalletAddress code) {
    foreignLog(wallet(0x99), beacon, List.of(Signature.topic("Upgraded(address)"),
        new AbiWriter().address(code).data()), "0x");
    return this;
  }

  /** Adds wallets to the expected states. */
  public Simulation knowing(WalletAddress... wallets) {
    state.wallets.addAll(List.of(wallets));
    return this;
  }

  /** Makes the deletion of this sub-account fail, so that it outlives its ledger. */
  public Simulation undeletable(WalletAddress service, WalletAddress user, WalletAddress provider) {
    state.undeletable.add(new ContractState.Key(service, user, provider));
    return this;
  }

  public Simulation nextBlock(long later, Duration passes) {
    block += later;
    now = now.plus(passes);
    logIndex = 0;
    return this;
  }

  public Simulation nextBlock() {
    return nextBlock(1, Duration.ofSeconds(1));
  }

  public long block() {
    return block;
  }

  ContractState state() {
    return state;
  }

  Instant now() {
    return now;
  }

  /** A wallet calls a contract directly. Returns false where the call reverted: the trace then omits it. */
  public boolean direct(WalletAddress sender, Operation operation) {
    return transaction(sender, () -> {
      Trace.Call call = calls.run(sender, operation);
      record(sender, call.to(), call.value().value(), call.input(), List.of());
    });
  }

  /** A sender has a wallet that is a contract make calls, all or none. */
  public boolean through(WalletAddress sender, WalletAddress wallet, Operation... operations) {
    return through(sender, wallet, "0x84f38334" + "00".repeat(12) + MANAGER.value().substring(2), operations);
  }

  /** @param input the input of the transaction */
  public boolean through(WalletAddress sender, WalletAddress wallet, String input, Operation... operations) {
    return transaction(sender, () -> {
      List<Trace.Call> made = new ArrayList<>();
      for (Operation operation : operations) {
        made.add(calls.run(wallet, operation));
      }
      record(sender, wallet, NO_VALUE, input, made);
    });
  }

  /** The same through another contract, which has the wallet make the calls. */
  public boolean bundled(WalletAddress bundler, WalletAddress wallet, String input, Operation... operations) {
    return transaction(bundler, () -> {
      List<Trace.Call> made = new ArrayList<>();
      for (Operation operation : operations) {
        made.add(calls.run(wallet, operation));
      }
      record(bundler, wallet(0xb0), NO_VALUE, input, made);
    });
  }

  /**
   * A wallet makes calls that the transaction does not reveal: it calls neither the wallet nor one of the contracts,
   * and its input names none of them.
   */
  public boolean hidden(WalletAddress sender, WalletAddress wallet, Operation... operations) {
    return bundled(sender, wallet, "0xabcdef01", operations);
  }

  /** The same, and call traces omit the calls. */
  public boolean untraceable(WalletAddress sender, WalletAddress wallet, Operation... operations) {
    return transaction(sender, () -> {
      for (Operation operation : operations) {
        var _ = calls.run(wallet, operation);
      }
      record(sender, wallet(0xb0), NO_VALUE, "0xabcdef01", List.of());
    });
  }

  /** A log of an unrelated emitter in a separate transaction. */
  public void foreignLog(WalletAddress sender, WalletAddress emitter, List<String> topics, String data) {
    transaction(sender, () -> {
      emit(emitter, topics, data);
      record(sender, emitter, NO_VALUE, "0x12345678", List.of());
    });
  }

  /** Adds to LedgerManager's native balance without a call. */
  public void force(WalletAddress sender, BigInteger amount) {
    transaction(sender, () -> {
      state.forced = state.forced.add(amount);
      record(sender, wallet(0xdead), NO_VALUE, "0x41c0e1b5", List.of());
    });
  }

  public Trace trace() {
    return new Trace(31337, MANAGER, INFERENCE, FINE_TUNING, INITIAL_LOCK, transactions);
  }

  /** Emits a log of one of the contracts. */
  void emit(WalletAddress emitter, String signature, List<String> indexed, AbiWriter data) {
    List<String> topics = new ArrayList<>(List.of(Signature.topic(signature)));
    topics.addAll(indexed);
    emit(emitter, topics, data.data());
  }

  void emit(WalletAddress emitter, List<String> topics, String data) {
    logs.add(new Trace.Log(emitter, topics, data, logIndex++));
  }

  /** A call and a log unrelated to the contracts. */
  Trace.Call noise(WalletAddress caller) {
    emit(caller, List.of(), "0x01");
    return new Trace.Call(caller, wallet(0x88), Neuron.ZERO, "0x", false, List.of());
  }

  /** A call that is reverted. */
  Trace.Call failing(WalletAddress caller, Operation.Failing failing) {
    ContractState before = state.copy();
    List<Trace.Log> logsBefore = new ArrayList<>(logs);
    int indexBefore = logIndex;
    List<Trace.Call> inside = new ArrayList<>();
    failing.inside().forEach(operation -> inside.add(calls.run(caller, operation)));
    Trace.Call call = calls.run(caller, failing.call());
    state = before;
    logs = logsBefore;
    logIndex = indexBefore;
    return new Trace.Call(call.from(), call.to(), call.value(), call.input(), true, inside);
  }

  private boolean transaction(WalletAddress sender, Runnable body) {
    ContractState before = state.copy();
    int indexBefore = logIndex;
    logs = new ArrayList<>();
    state.wallets.add(sender);
    try {
      body.run();
      return true;
    } catch (Reverted e) {
      state = before;
      logIndex = indexBefore;
      return false;
    }
  }

  private void record(WalletAddress from, WalletAddress to, BigInteger value, String input, List<Trace.Call> made) {
    transactions.add(new Trace.Transaction(block, now, Hash.keccak256("transaction " + transactions.size()), from,
        Optional.of(to), new Neuron(value), input, made, logs, state.seen()));
  }
}
