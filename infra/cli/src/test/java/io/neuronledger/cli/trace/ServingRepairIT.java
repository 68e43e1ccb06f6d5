package io.neuronledger.cli.trace;

import static io.neuronledger.testkit.trace.simulation.Simulation.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.cli.check.Check;
import io.neuronledger.cli.stack.Ports;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.ZeroGFamily;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logs of the 0G contracts were lost; later operations of the account are still processed. */
class ServingRepairIT {
  private static final WalletAddress ALICE = Simulation.wallet(1);
  private static final WalletAddress BOB = Simulation.wallet(2);
  private static final WalletAddress PROVIDER = Simulation.wallet(0x51);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Simulation simulation = new Simulation(100).knowing(ALICE, BOB);
  private final List<Integer> lost = new ArrayList<>();

  private static Neuron neuron(long zeroG) {
    return new Neuron(Simulation.ONE.multiply(BigInteger.valueOf(zeroG)));
  }

  private void deposits(WalletAddress wallet, long amount) {
    assertThat(simulation.nextBlock().direct(wallet, new Operation.Deposit(neuron(amount).value()))).isTrue();
  }

  private void transfers(WalletAddress wallet, long amount) {
    assertThat(simulation.nextBlock().direct(wallet,
        new Operation.Transfer(INFERENCE, PROVIDER, neuron(amount).value()))).isTrue();
  }

  /** Unlike a transfer, it does not change the native balance. */
  private void asksBackUnheard(WalletAddress owner) {
    lost.add(simulation.trace().transactions().size());
    simulation.nextBlock().direct(owner, new Operation.Retrieve(INFERENCE, List.of(PROVIDER)));
  }

  private Trace lying() {
    Trace whole = simulation.trace();
    List<Trace.Transaction> transactions = new ArrayList<>(whole.transactions());
    for (int index : lost) {
      Trace.Transaction was = transactions.get(index);
      transactions.set(index, new Trace.Transaction(was.block(), was.time(), was.hash(), was.from(), was.to(),
          was.value(), was.input(), was.calls(), List.of(), was.expected()));
    }
    return new Trace(whole.chainId(), whole.ledgerManager(), whole.inference(), whole.fineTuning(),
        whole.initialLockPeriod(), transactions);
  }

  @Test
  void a_lost_request_is_repaired_before_it_stops_the_indexer() {
    deposits(ALICE, 10);
    deposits(BOB, 10);
    transfers(ALICE, 4);
    transfers(BOB, 4);
    asksBackUnheard(ALICE);
    long reconciled = simulation.block();
    transfers(ALICE, 1);
    asksBackUnheard(BOB);
    transfers(BOB, 1);
    deposits(ALICE, 1);
    Trace trace = lying();
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL);
        Stack stack = Stack.start(following(trace, node))) {
      node.advanceTo(reconciled);
      assertThat(stack.api().ownerAt(BOB, reconciled).total()).isEqualTo(neuron(10));
      assertThat(stack.indexerApi().post("/v1/admin/reconciliations").statusCode()).isEqualTo(202);
      await().atMost(PATIENCE).until(() -> discrepancies(stack) == 1);
      // The next operation is processed before a reconciliation.
      node.advanceTo(node.last());
      assertThat(stack.api().ownerAt(ALICE, node.last()).total()).isEqualTo(neuron(11));
      assertThat(Check.run(stack, URI.create(node.url()), Optional.of(node.last())).equal()).isTrue();
      assertThat(discrepancies(stack)).isEqualTo(2);
    }
  }

  private static StackOptions following(Trace trace, TraceNode node) {
    return new StackOptions(Optional.empty(),
        new ChainSource.ContractOn(ZeroGFamily.NAME, List.of(node.url()), Optional.empty(), Simulation.MANAGER, 100,
            Verification.accepted(trace)), Ports.FREE,
        Map.of("neuron-ledger.follow.finality", "instant",
            "neuron-ledger.follow.polling-interval", "PT0.1S", "neuron-ledger.reconciliation.interval", "PT0S",
            "neuron-ledger.follow.block-time-tolerance", "PT0S"));
  }

  private static int discrepancies(Stack stack) {
    return (int) stack.command().context().getBean(MeterRegistry.class).find("ledger.command.discrepancies").counters()
        .stream().mapToDouble(Counter::count).sum();
  }
}
