package io.neuronledger.testkit.trace.simulation;

import static io.neuronledger.testkit.trace.simulation.Simulation.FINE_TUNING;
import static io.neuronledger.testkit.trace.simulation.Simulation.INFERENCE;
import static io.neuronledger.testkit.trace.simulation.Simulation.MANAGER;
import static io.neuronledger.testkit.trace.simulation.Simulation.ONE;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.simulation.ContractState.Account;
import io.neuronledger.testkit.trace.simulation.ContractState.Ledger;
import io.neuronledger.testkit.trace.simulation.ContractState.Reverted;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The effect of each call on the contracts, and its logs: §2.3 to §2.5 and §3 of the description. */
final class SimulatedCalls {
  private static final BigInteger MIN_LEDGER = ONE.multiply(BigInteger.valueOf(3));
  private static final int REFUNDS_MAX = 5;

  private final Simulation simulation;

  SimulatedCalls(Simulation simulation) {
    this.simulation = simulation;
  }

  /** @throws Reverted if a check of the contracts fails */
  Trace.Call run(WalletAddress caller, Operation operation) {
    simulation.state().wallets.add(caller);
    return switch (operation) {
      case Operation.AddLedger o -> {
        require(o.amount().compareTo(MIN_LEDGER) >= 0 && !simulation.state().ledgers.containsKey(caller));
        deposit(caller, o.amount());
        yield call(caller, MANAGER, o.amount(), "addLedger(string)", new AbiWriter().string("note"));
      }
      case Operation.Deposit o -> {
        deposit(caller, o.amount());
        yield call(caller, MANAGER, o.amount(), "depositFund()", new AbiWriter());
      }
      case Operation.DepositFor o -> {
        require(!o.recipient().equals(WalletAddress.ZERO));
        deposit(o.recipient(), o.amount());
        yield call(caller, MANAGER, o.amount(), "depositFundFor(address)", new AbiWriter().address(o.recipient()));
      }
      case Operation.Refund o -> refund(caller, o);
      case Operation.DeleteLedger _ -> {
        require(simulation.state().ledger(caller).total.signum() == 0);
        close(caller);
        yield call(caller, MANAGER, BigInteger.ZERO, "deleteLedger()", new AbiWriter());
      }
      case Operation.Transfer o -> transfer(caller, o);
      case Operation.Retrieve o -> retrieve(caller, o);
      case Operation.Acknowledge o -> {
        Account account = account(new ContractState.Key(o.service(), caller, o.provider()))
            .orElseThrow(() -> new Reverted("AccountNotExists"));
        require(o.accepted() || account.balance.signum() == 0);
        account.acknowledged = o.accepted();
        yield call(caller, o.service(), BigInteger.ZERO, "acknowledgeTEESigner(address,bool)",
            new AbiWriter().address(o.provider()).bool(o.accepted()));
      }
      case Operation.Settle o -> settle(caller, o);
      case Operation.SettleFees o -> settleFees(caller, o);
      case Operation.UpdateLockTime o -> {
        Duration old = Optional.ofNullable(simulation.state().lockPeriods.put(o.service(),
            Duration.ofSeconds(o.seconds()))).orElseThrow(() -> new Reverted("no such service"));
        simulation.emit(o.service(), "LockTimeUpdated(uint256,uint256)", List.of(),
            new AbiWriter().uint(old.toSeconds()).uint(o.seconds()));
        yield call(caller, o.service(), BigInteger.ZERO, "updateLockTime(uint256)", new AbiWriter().uint(o.seconds()));
      }
      case Operation.RegisterService o -> {
        require(simulation.state().lockPeriods.putIfAbsent(o.service(), Duration.ofDays(1)) == null);
        simulation.emit(MANAGER, "ServiceRegistered(address,string)", List.of(topic(o.service())),
            new AbiWriter().string(Simulation.nameOf(o.service())));
        yield call(caller, MANAGER, BigInteger.ZERO, "registerService(string,string,address,string)", new AbiWriter());
      }
      case Operation.Noise _ -> simulation.noise(caller);
      case Operation.Failing o -> simulation.failing(caller, o);
    };
  }

  private void deposit(WalletAddress owner, BigInteger amount) {
    require(amount.signum() > 0);
    require(simulation.state().ledgers.containsKey(owner) || amount.compareTo(MIN_LEDGER) >= 0);
    simulation.state().wallets.add(owner);
    Ledger ledger = simulation.state().ledgers.computeIfAbsent(owner, _ -> new Ledger());
    ledger.available = ledger.available.add(amount);
    ledger.total = ledger.total.add(amount);
  }

  private Trace.Call refund(WalletAddress caller, Operation.Refund o) {
    Ledger ledger = simulation.state().ledger(caller);
    BigInteger rest = ledger.available.subtract(o.amount());
    require(rest.signum() >= 0 && (rest.signum() == 0 || rest.compareTo(MIN_LEDGER) >= 0));
    ledger.available = rest;
    ledger.total = ledger.total.subtract(o.amount());
    if (ledger.total.signum() == 0) {
      close(caller);
    }
    return call(caller, MANAGER, BigInteger.ZERO, "refund(uint256)", new AbiWriter().uint(o.amount()));
  }

  private void close(WalletAddress owner) {
    simulation.state().ledgers.remove(owner);
    List<ContractState.Key> keys =
        simulation.state().accounts.keySet().stream().filter(key -> key.user().equals(owner)
            && !simulation.state().undeletable.contains(key)).toList();   // LedgerManager ignores their failure
    for (ContractState.Key key : keys) {
      simulation.state().accounts.remove(key);
      simulation.emit(key.service(), "AccountDeleted(address,address,uint256)",
          List.of(topic(owner), topic(key.provider())), new AbiWriter().uint(0));
    }
  }

  private Trace.Call transfer(WalletAddress caller, Operation.Transfer o) {
    Ledger ledger = simulation.state().ledger(caller);
    require(simulation.state().lockPeriods.containsKey(o.service()));
    ContractState.Key key = new ContractState.Key(o.service(), caller, o.provider());
    Optional<Account> existing = account(key);
    require(existing.isPresent() || o.amount().compareTo(ONE) >= 0);
    require(existing.isPresent() || !o.service().equals(INFERENCE)
        || !(caller.equals(o.provider()) || o.provider().equals(WalletAddress.ZERO)));
    BigInteger cancelled = existing.map(account -> o.amount().min(account.pending())).orElse(BigInteger.ZERO);
    BigInteger moved = o.amount().subtract(cancelled);
    require(ledger.available.compareTo(moved) >= 0);
    Account account = simulation.state().accounts.computeIfAbsent(key, _ -> new Account());
    ledger.available = ledger.available.subtract(moved);
    account.cancel(cancelled);
    account.balance = account.balance.add(moved);
    account.acknowledged = true;
    balanceUpdated(key, account);
    return call(caller, MANAGER, BigInteger.ZERO, "transferFund(address,string,uint256)", new AbiWriter()
        .address(o.provider()).string(Simulation.nameOf(o.service())).uint(o.amount()));
  }

  private Trace.Call retrieve(WalletAddress caller, Operation.Retrieve o) {
    Ledger ledger = simulation.state().ledger(caller);
    Duration lock = Optional.ofNullable(simulation.state().lockPeriods.get(o.service()))
        .orElseThrow(() -> new Reverted("ServiceNotFound"));
    for (WalletAddress provider : o.providers()) {
      ContractState.Key key = new ContractState.Key(o.service(), caller, provider);
      account(key).ifPresent(account -> {
        BigInteger paid = account.unlock(simulation.now(), lock);
        ledger.available = ledger.available.add(paid);
        if (paid.signum() > 0) {
          balanceUpdated(key, account);
        }
        BigInteger free = account.balance.subtract(account.pending());
        if (free.signum() > 0) {
          require(account.refunds.size() < REFUNDS_MAX);
          account.refunds.add(new Trace.Refund(new Neuron(free), simulation.now()));
        }
        if (!account.refunds.isEmpty()) {
          simulation.emit(key.service(), "RefundRequested(address,address,uint256,uint256)", List.of(topic(caller),
              topic(provider), new AbiWriter().uint(account.refunds.size() - 1).data()),
              new AbiWriter().uint(simulation.now().getEpochSecond()));
        }
      });
    }
    List<AbiWriter> providers = o.providers().stream().map(provider -> new AbiWriter().address(provider)).toList();
    return call(caller, MANAGER, BigInteger.ZERO, "retrieveFund(address[],string)", new AbiWriter()
        .list(providers).string(Simulation.nameOf(o.service())));
  }

  private Trace.Call settle(WalletAddress caller, Operation.Settle o) {
    List<AbiWriter> items = new ArrayList<>();
    for (Operation.Item item : o.items()) {
      answer(caller, item);
      items.add(new AbiWriter().address(item.user()).address(item.provider()).uint(item.fee()).uint(7)
          .uint(item.nonce()).bytes(new byte[65]));
    }
    return call(caller, INFERENCE, BigInteger.ZERO,
        "settleFeesWithTEE((address,address,uint256,bytes32,uint256,bytes)[])", new AbiWriter().list(items));
  }

  private void answer(WalletAddress caller, Operation.Item item) {
    ContractState.Key key = new ContractState.Key(INFERENCE, item.user(), caller);
    Optional<Account> account = account(key);
    int status = item.refusal();
    if (status == 0) {
      status = !item.provider().equals(caller) ? 2 : account.isEmpty() ? 5 : !account.get().acknowledged ? 3
          : item.nonce().compareTo(simulation.state().nonces.getOrDefault(key, BigInteger.ZERO)) <= 0 ? 4 : 0;
    }
    BigInteger unsettled = item.fee();
    if (status == 0) {
      simulation.state().nonces.put(key, item.nonce());
      BigInteger paid = item.fee().min(account.orElseThrow().balance);
      unsettled = item.fee().subtract(paid);
      status = unsettled.signum() > 0 ? 1 : 0;
      if (paid.signum() > 0) {
        take(key, account.get(), paid);
      }
    }
    simulation.emit(INFERENCE, "TEESettlementResult(address,uint8,uint256)", List.of(topic(item.user())),
        new AbiWriter().uint(status).uint(unsettled));
  }

  private Trace.Call settleFees(WalletAddress caller, Operation.SettleFees o) {
    ContractState.Key key = new ContractState.Key(FINE_TUNING, o.user(), caller);
    Account account = account(key).orElseThrow(() -> new Reverted("AccountNotExists"));
    require(account.acknowledged && account.balance.compareTo(o.fee()) >= 0);
    require(o.nonce().compareTo(simulation.state().nonces.getOrDefault(key, BigInteger.ZERO)) > 0);
    simulation.state().nonces.put(key, o.nonce());
    simulation.emit(FINE_TUNING, "FeesSettled(address,address,string,uint256,bool,uint256)", List.of(topic(o.user()),
        topic(caller)), new AbiWriter().string("deliverable").uint(o.fee()).bool(true).uint(o.nonce()));
    take(key, account, o.fee());
    return call(caller, FINE_TUNING, BigInteger.ZERO,
        "settleFees((string,bytes,bytes,uint256,bytes,uint256,address))", new AbiWriter());
  }

  private void take(ContractState.Key key, Account account, BigInteger amount) {
    Ledger ledger = simulation.state().ledger(key.user());
    account.cancel(amount.subtract(account.balance.subtract(account.pending())).max(BigInteger.ZERO));
    account.balance = account.balance.subtract(amount);
    ledger.total = ledger.total.subtract(amount);
    simulation.emit(MANAGER, "FundSpent(address,address,uint256)", List.of(topic(key.user()), topic(key.service())),
        new AbiWriter().uint(amount));
    balanceUpdated(key, account);
  }

  private void balanceUpdated(ContractState.Key key, Account account) {
    simulation.emit(key.service(), "BalanceUpdated(address,address,uint256,uint256)", List.of(topic(key.user()),
        topic(key.provider())), new AbiWriter().uint(account.balance).uint(account.pending()));
  }

  private Optional<Account> account(ContractState.Key key) {
    return Optional.ofNullable(simulation.state().accounts.get(key));
  }

  private static String topic(WalletAddress address) {
    return new AbiWriter().address(address).data();
  }

  private static Trace.Call call(WalletAddress from, WalletAddress to, BigInteger value, String signature,
      AbiWriter arguments) {
    return new Trace.Call(from, to, new Neuron(value),
        arguments.call(signature), false, List.of());
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new Reverted("");
    }
  }
}
