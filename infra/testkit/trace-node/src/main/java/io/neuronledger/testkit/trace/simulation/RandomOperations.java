package io.neuronledger.testkit.trace.simulation;

import static io.neuronledger.testkit.trace.simulation.Simulation.FINE_TUNING;
import static io.neuronledger.testkit.trace.simulation.Simulation.INFERENCE;
import static io.neuronledger.testkit.trace.simulation.Simulation.ONE;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.trace.Trace;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Random operations of several wallets: everything that the contracts allow, in random order, reproducible by seed.
 */
public final class RandomOperations {
  private static final int WALLETS = 5;

  private final SplittableRandom random;
  private final Simulation simulation;
  /** The last two wallets are contracts. */
  private final List<WalletAddress> wallets = IntStream.range(1, WALLETS + 1).mapToObj(Simulation::wallet).toList();
  private final List<WalletAddress> providers;
  private int nonce = 1;

  private RandomOperations(long seed) {
    this.random = new SplittableRandom(seed);
    this.simulation = new Simulation(random.nextLong(1, 1000));
    this.providers = List.of(Simulation.wallet(0x51), Simulation.wallet(0x52), wallets.getFirst(), WalletAddress.ZERO);
    simulation.knowing(wallets.toArray(WalletAddress[]::new));
    if (random.nextInt(4) == 0) {
      simulation.withoutFineTuning();
    }
    for (WalletAddress wallet : wallets) {
      IntStream.range(0, 3).forEach(_ -> simulation.undeletable(service(), wallet, provider()));
    }
  }

  public static Trace trace(long seed, int transactions) {
    RandomOperations operations = new RandomOperations(seed);
    // A trace begins with its first transaction, so the first block must not be empty.
    operations.simulation.direct(operations.wallets.getFirst(), new Operation.Deposit(ONE.multiply(BigInteger.TEN)));
    while (operations.simulation.trace().transactions().size() < transactions) {
      operations.step();
    }
    return operations.simulation.trace();
  }

  private void step() {
    if (random.nextInt(4) > 0) {
      simulation.nextBlock(random.nextInt(8) == 0 ? random.nextLong(1, 12) : 1, elapsedTime());
    }
    int choice = random.nextInt(100);
    if (choice < 51) {
      WalletAddress wallet = wallets.get(random.nextInt(WALLETS - 2));
      simulation.direct(wallet, ownerOperation(wallet));
    } else if (choice < 69) {
      WalletAddress wallet = wallets.get(WALLETS - 1 - random.nextInt(2));
      Operation[] several = IntStream.range(0, random.nextInt(1, 6)).mapToObj(_ -> batchedOperation(wallet))
          .toArray(Operation[]::new);
      simulation.through(wallets.get(random.nextInt(WALLETS - 2)), wallet, several);
    } else if (choice < 86) {
      settlement();
    } else if (choice < 88) {
      spendEverything(wallets.get(random.nextInt(WALLETS - 2)));
    } else if (choice < 96) {
      hidden(wallets.get(WALLETS - 1 - random.nextInt(2)));
    } else if (choice < 98) {
      simulation.direct(Simulation.wallet(0x99),
          new Operation.UpdateLockTime(service(), random.nextLong(3600, 7 * 86_400)));
    } else {
      simulation.direct(Simulation.wallet(0x99), new Operation.RegisterService(FINE_TUNING));
    }
  }

  private Duration elapsedTime() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> Duration.ZERO;
      case 2 -> Duration.ofHours(random.nextLong(1, 30));
      case 3 -> Duration.ofDays(1);
      default -> Duration.ofSeconds(random.nextLong(1, 100));
    };
  }

  /** Calls visible neither in logs, nor in LedgerManager's native balance, nor in the transaction itself. */
  private void hidden(WalletAddress wallet) {
    WalletAddress sender = wallets.get(random.nextInt(WALLETS - 2));
    ContractState.Ledger ledger = simulation.state().ledgers.get(wallet);
    if (ledger == null || random.nextInt(3) == 0) {
      simulation.hidden(sender, wallet, new Operation.Acknowledge(service(), provider(), random.nextBoolean()));
      return;
    }
    BigInteger moved = random.nextBoolean() ? ledger.available : amount(3).min(ledger.available);
    simulation.hidden(sender, wallet, new Operation.Refund(moved), new Operation.DepositFor(anyone(), moved));
  }

  private Operation batchedOperation(WalletAddress wallet) {
    if (random.nextInt(6) > 0) {
      return ownerOperation(wallet);
    }
    // The wallet continues after a failing call; the inner calls of that call are reverted too.
    return new Operation.Failing(new Operation.Deposit(amount(9)),
        List.of(new Operation.DepositFor(anyone(), amount(9))));
  }

  private Operation ownerOperation(WalletAddress wallet) {
    ContractState.Ledger ledger = simulation.state().ledgers.get(wallet);
    BigInteger available = ledger == null ? BigInteger.ZERO : ledger.available;
    return switch (random.nextInt(24)) {
      case 0, 1, 2 -> new Operation.Deposit(amount(9));
      case 3, 4 -> new Operation.DepositFor(anyone(), amount(9));
      case 5 -> new Operation.AddLedger(amount(9));
      case 6 -> new Operation.Refund(available);
      case 7 -> new Operation.Refund(amount(4).min(available));
      case 8 -> new Operation.Refund(BigInteger.ZERO);
      case 9 -> new Operation.DeleteLedger();
      case 10 -> new Operation.Acknowledge(service(), provider(), random.nextBoolean());
      case 11 -> new Operation.Transfer(service(), provider(), available.max(ONE));
      case 12, 13, 14, 15 -> new Operation.Transfer(service(), provider(), amount(3));
      case 16 -> new Operation.Transfer(service(), provider(), BigInteger.ZERO);
      default -> new Operation.Retrieve(service(), providersAsked());
    };
  }

  private List<WalletAddress> providersAsked() {
    List<WalletAddress> asked = new ArrayList<>();
    IntStream.range(0, random.nextInt(0, 5)).forEach(_ -> asked.add(provider()));
    return asked;
  }

  private void settlement() {
    WalletAddress provider = providers.get(random.nextInt(3));
    if (random.nextInt(3) == 0) {
      simulation.direct(provider, new Operation.SettleFees(anyone(),
          random.nextInt(5) == 0 ? BigInteger.ZERO : amount(1), BigInteger.valueOf(nonce++)));
      return;
    }
    List<Operation.Item> items = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      BigInteger fee = switch (random.nextInt(5)) {
        case 0 -> BigInteger.ZERO;
        case 1 -> amount(9);
        default -> amount(1);
      };
      boolean foreign = random.nextInt(10) == 0;
      items.add(new Operation.Item(anyone(), foreign ? Simulation.wallet(0x77) : provider, fee,
          BigInteger.valueOf(random.nextInt(6) == 0 ? 1 : nonce++), random.nextInt(12) == 0 ? 5 : 0));
    }
    if (random.nextInt(3) == 0 && !wallets.contains(provider)) {
      simulation.through(wallets.getFirst(), provider, new Operation.Settle(items));
    } else {
      simulation.direct(provider, new Operation.Settle(items));
    }
  }

  /** Leaves an empty ledger with its sub-accounts. */
  private void spendEverything(WalletAddress wallet) {
    ContractState.Ledger ledger = simulation.state().ledgers.get(wallet);
    if (ledger == null) {
      return;
    }
    simulation.direct(wallet, new Operation.Transfer(INFERENCE, providers.getFirst(), ledger.available));
    List.copyOf(simulation.state().accounts.keySet()).stream().filter(key -> key.user().equals(wallet)).forEach(key -> {
      BigInteger balance = Optional.ofNullable(simulation.state().accounts.get(key)).orElseThrow().balance;
      simulation.direct(key.provider(), key.service().equals(INFERENCE)
          ? new Operation.Settle(List.of(new Operation.Item(wallet, key.provider(), balance,
              BigInteger.valueOf(nonce++), 0)))
          : new Operation.SettleFees(wallet, balance, BigInteger.valueOf(nonce++)));
    });
    simulation.nextBlock(1, elapsedTime());
    simulation.direct(wallet, random.nextBoolean() ? new Operation.DeleteLedger()
        : new Operation.Refund(BigInteger.ZERO));
  }

  private WalletAddress anyone() {
    return wallets.get(random.nextInt(WALLETS));
  }

  private WalletAddress provider() {
    return providers.get(random.nextInt(providers.size()));
  }

  private WalletAddress service() {
    return random.nextInt(3) > 0 ? INFERENCE : FINE_TUNING;
  }

  /** An uneven amount, below {@code zeroG} + 2 0G. */
  private BigInteger amount(int zeroG) {
    return ONE.multiply(BigInteger.valueOf(random.nextInt(zeroG + 1)))
        .add(BigInteger.valueOf(random.nextLong(1L << 60)));
  }
}
