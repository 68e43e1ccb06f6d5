package io.neuronledger.cli.bench.workload;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;

import io.neuronledger.cli.bench.server.ProcessUsage;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.AnvilOptions;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.Settlement;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A dev chain with a known number of ledger events on it: each wallet deposits, transfers, requests a refund and
 * transfers again; the rest are settlements in batches, the main traffic of the real network.
 */
public final class Workload implements AutoCloseable {
  private static final int EVENTS_PER_WALLET_BEFORE_SETTLEMENTS = 4;
  private static final int SETTLEMENTS_PER_TRANSACTION = 50;
  private static final int TRANSACTIONS_PER_REQUEST = 100;
  /** 100,000 events make about 1,000 blocks. */
  private static final int EVENTS_PER_BLOCK = 100;
  private static final Neuron GAS_MONEY = Neuron.ofZeroG("1000");

  private final Anvil node;
  private final AccountLedgerContract contract;
  private final List<DevWallet> owners;
  private final int events;
  private final long lastBlock;

  private Workload(Anvil node, AccountLedgerContract contract, List<DevWallet> owners, int events) {
    this.node = node;
    this.contract = contract;
    this.owners = owners;
    this.events = events;
    this.lastBlock = node.control().head().number();
  }

  /** @param events the total number of events; at least four per wallet */
  public static Workload mine(int events, int wallets) {
    Anvil node = Anvil.start(AnvilOptions.defaults());
    try {
      AccountLedgerContract contract =
          AccountLedgerContract.deployWithServices(node.rpcUrl(), DevWallet.funded(0));
      node.control().setAutomine(false);
      Miner miner = new Miner(node, contract, wallets);
      miner.mine(events);
      return new Workload(node, contract, miner.owners, events);
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  /** The name of the workload in tables and files. */
  public String name() {
    return String.format(Locale.ROOT, "%,d events, %,d wallets, one provider", events, owners.size());
  }

  public ChainSource.Given chain() {
    return new ChainSource.AccountLedgerOnDevChain(node.rpcUrl(), Optional.empty(), contract.address(),
        contract.startBlock());
  }

  public ProcessUsage nodeUsage() {
    return new ProcessUsage("the dev chain's node", node.pid(), false);
  }

  /** The number of blocks from the first to the last one with events. */
  public long blocks() {
    return lastBlock - contract.startBlock() + 1;
  }

  /** The number of blocks from the first to this one; 0 before it. */
  public long blocksUpTo(long block) {
    return Math.max(0, block - contract.startBlock() + 1);
  }

  /** Events are evenly distributed over the blocks. */
  public double eventsPerBlock() {
    return (double) events / blocks();
  }

  /** The owner of the last event. */
  public WalletAddress lastOwner() {
    return owners.get((events - 1) % owners.size()).address();
  }

  @Override
  public void close() {
    node.close();
  }

  /** Sends and mines the transactions. */
  private static final class Miner {
    private final Anvil node;
    private final AccountLedgerContract contract;
    private final List<DevWallet> owners;
    private final DevWallet provider = DevWallet.funded(1);

    Miner(Anvil node, AccountLedgerContract contract, int wallets) {
      this.node = node;
      this.contract = contract;
      this.owners = IntStream.range(0, wallets).mapToObj(i -> DevWallet.named("bench-" + i)).toList();
    }

    void mine(int events) {
      node.control().setBalances(owners.stream().map(DevWallet::address).toList(), GAS_MONEY);
      WalletAddress to = provider.address();
      each(owner -> contract.calls().deposit(Neuron.ofZeroG("100")));
      each(owner -> contract.calls().transfer(to, INFERENCE, Neuron.ofZeroG("50")));
      each(owner -> contract.calls().retrieve(INFERENCE, List.of(to)));
      each(owner -> contract.calls().transfer(to, INFERENCE, Neuron.ofZeroG("60")));
      settle(events - EVENTS_PER_WALLET_BEFORE_SETTLEMENTS * owners.size());
    }

    /** Sends one transaction of every owner. */
    private void each(IntFunction<Call> call) {
      send(IntStream.range(0, owners.size()).mapToObj(i -> new Outgoing(owners.get(i), call.apply(i))).toList(), 1);
    }

    private void settle(int count) {
      List<Outgoing> batches = new ArrayList<>();
      for (int first = 0; first < count; first += SETTLEMENTS_PER_TRANSACTION) {
        List<Settlement> items = IntStream.range(first, Math.min(count, first + SETTLEMENTS_PER_TRANSACTION))
            .mapToObj(i -> new Settlement(owners.get(i % owners.size()).address(), INFERENCE,
                Neuron.parse(String.valueOf(1_000_000 + i)), 1 + i / owners.size()))
            .toList();
        batches.add(new Outgoing(provider, contract.calls().settle(items)));
      }
      send(batches, SETTLEMENTS_PER_TRANSACTION);
    }

    private void send(List<Outgoing> transactions, int eventsEach) {
      int perBlock = Math.max(1, EVENTS_PER_BLOCK / eventsEach);
      int perRequest = Math.min(TRANSACTIONS_PER_REQUEST, perBlock);
      for (int first = 0; first < transactions.size(); first += perRequest) {
        var sent = contract.transactions()
            .sendAll(transactions.subList(first, Math.min(transactions.size(), first + perRequest)));
        node.control().mine();
        contract.await(sent.getLast());
      }
    }
  }
}
