package io.neuronledger.indexer.follow;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.ContractFamily;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.AnvilOptions;
import io.neuronledger.testkit.devchain.Mining;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.proxy.NodeProxy;
import io.neuronledger.testkit.devchain.proxy.Refusing;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * The cost of the storage-root guard in back-fill. Run by hand: 5,000 blocks with a transaction each are followed in
 * turns on a node that proves storage roots and on one that does not, by the service's own loop, which publishes to a
 * real Kafka. Every fiftieth of them, or every one, changes a followed contract. Timed from the first published step.
 * Prints the medians and their ratio; asserts nothing.
 */
final class GuardMeasurement {
  private static final int BLOCKS = 5_000;
  private static final int RUNS = 5;
  /** The services' defaults. */
  private static final int PARTITIONS = 16;
  private static final int BLOCKS_PER_STEP = 1_000;
  private static final String PROOF = "eth_getProof";
  /** Few, so that a proof of the simulated contracts costs no more than any other answer. */
  private static final int ACCOUNTS = 20;

  private GuardMeasurement() {}

  public static void main(String[] args) {
    for (int every : new int[] {50, 1}) {
      Simulation simulation = history(every);
      measure("0G contracts, traced, a change every " + every, simulation, TraceSwitches.ALL);
      measure("0G contracts, untraced, a change every " + every, simulation,
          TraceSwitches.ALL.with(TraceSwitches.Traces.NONE));
      onAnvil(every);
    }
    System.exit(0);
  }

  private static Simulation history(int every) {
    Simulation simulation = new Simulation(100);
    BigInteger amount = BigInteger.TEN.pow(19);
    for (int i = 0; i < ACCOUNTS; i++) {
      simulation.direct(Simulation.wallet(1_000 + i), new Operation.Deposit(amount));
    }
    for (int i = 0; i < BLOCKS; i++) {
      simulation.nextBlock();
      if (i % every == 0) {
        simulation.direct(Simulation.wallet(1_000 + i % ACCOUNTS), new Operation.Deposit(amount));
      } else {
        simulation.foreignLog(Simulation.wallet(7), Simulation.wallet(8), List.of(), "0x01");
      }
    }
    return simulation;
  }

  private static void measure(String what, Simulation simulation, TraceSwitches switches) {
    try (TraceNode with = TraceNode.start(simulation.trace(), switches);
        TraceNode without = TraceNode.start(simulation.trace(), switches.refusing(PROOF))) {
      with.advanceTo(with.last());
      without.advanceTo(without.last());
      inTurn(what, () -> seconds(zeroG(), Simulation.MANAGER, 101, with.url(), with.last()),
          () -> seconds(zeroG(), Simulation.MANAGER, 101, without.url(), without.last()));
    }
  }

  /** Blocks of a real node, each with a payment between strangers. Both ways go through the same proxy. */
  private static void onAnvil(int every) {
    try (Anvil anvil = Anvil.start(AnvilOptions.defaults().withMining(new Mining.OnRequest()))) {
      anvil.control().setAutomine(true);
      AccountLedgerContract contract = AccountLedgerContract.deployWithServices(anvil.rpcUrl(), OnAnvil.OPERATOR);
      anvil.control().setAutomine(false);
      for (int i = 0; i < BLOCKS; i++) {
        Call call = i % every == 0 ? contract.calls().deposit(Neuron.ofZeroG("1"))
            : Call.payment(OnAnvil.PROVIDER.address(), Neuron.parse("1"));
        contract.transactions().send(OnAnvil.OWNER, call);
        anvil.control().mine();
      }
      long last = anvil.control().head().number();
      try (NodeProxy with = new NodeProxy(anvil.rpcUrl(), new Refusing(Set.of()));
          NodeProxy without = new NodeProxy(anvil.rpcUrl(), new Refusing(Set.of(PROOF)))) {
        inTurn("AccountLedger on anvil, a change every " + every,
            () -> seconds(new AccountLedgerFamily(contract.address()), contract.address(), contract.startBlock(),
                with.url(), last),
            () -> seconds(new AccountLedgerFamily(contract.address()), contract.address(), contract.startBlock(),
                without.url(), last));
      }
    }
  }

  private static void inTurn(String what, DoubleSupplier with, DoubleSupplier without) {
    double[] guarded = new double[RUNS];
    double[] unguarded = new double[RUNS];
    for (int run = -1; run < RUNS; run++) {
      double off = without.getAsDouble();
      double on = with.getAsDouble();
      if (run >= 0) {
        unguarded[run] = off;
        guarded[run] = on;
      }
    }
    System.out.printf("%-46s without %.2f s, with %.2f s, ratio %.2f%n", what, median(unguarded), median(guarded),
        median(guarded) / median(unguarded));
  }

  private static ContractFamily zeroG() {
    return new ZeroGFamily(Simulation.MANAGER,
        new Implementations(Set.of(Simulation.MANAGER, Simulation.INFERENCE, Simulation.FINE_TUNING), false),
        Optional.empty());
  }

  private static double seconds(ContractFamily family, WalletAddress contract, long startBlock, String url,
      long last) {
    Indexer.Options options = new Indexer.Options(url, contract, startBlock);
    options.family = family;
    options.partitions = PARTITIONS;
    options.blocksPerStep = BLOCKS_PER_STEP;
    try (Indexer indexer = Indexer.start(options)) {
      long before = reached(indexer, startBlock);
      long start = System.nanoTime();
      reached(indexer, last);
      return (System.nanoTime() - start) / 1e9 * BLOCKS / (last - before);
    }
  }

  /** Waits until this block is published, and returns the published one. */
  private static long reached(Indexer indexer, long block) {
    while (indexer.progress().published() < block) {
      LockSupport.parkNanos(200_000);
    }
    return indexer.progress().published();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
