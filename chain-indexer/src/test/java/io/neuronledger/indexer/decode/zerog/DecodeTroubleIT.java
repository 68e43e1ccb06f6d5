package io.neuronledger.indexer.decode.zerog;

import static io.neuronledger.testkit.trace.simulation.Simulation.INFERENCE;
import static io.neuronledger.testkit.trace.simulation.Simulation.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.fixture.LedgerModel;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import io.neuronledger.testkit.trace.simulation.RandomOperations;
import io.neuronledger.testkit.trace.simulation.Simulation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that withhold logs, prune states or change branches; contracts that are upgraded. */
class DecodeTroubleIT {
  private static final WalletAddress ALICE = Simulation.wallet(1);
  private static final WalletAddress PROVIDER = Simulation.wallet(0x51);
  private static final WalletAddress DESCRIBED = Simulation.wallet(0xc1);
  private static final WalletAddress ANOTHER = Simulation.wallet(0xc2);

  /** Deposit at 101, transfer at 102, deposit at 103. */
  private static Simulation simulation() {
    Simulation simulation = new Simulation(100).knowing(ALICE);
    simulation.nextBlock().direct(ALICE, new Operation.Deposit(ONE.multiply(BigInteger.TEN)));
    simulation.nextBlock().direct(ALICE, new Operation.Transfer(INFERENCE, PROVIDER, ONE));
    simulation.nextBlock().direct(ALICE, new Operation.Deposit(ONE));
    return simulation;
  }

  private static DecodedTrace decoded(Trace trace, TraceNode node, Implementations implementations) {
    return TraceChecks.decoded(trace, implementations, node, 101);
  }

  @ParameterizedTest
  @EnumSource
  void a_withheld_log_is_noticed_before_anything_is_published(TraceSwitches.Traces traces) {
    Trace whole = simulation().trace();
    List<Trace.Transaction> transactions = new ArrayList<>(whole.transactions());
    Trace.Transaction transfer = transactions.get(1);
    transactions.set(1, new Trace.Transaction(transfer.block(), transfer.time(), transfer.hash(), transfer.from(),
        transfer.to(), transfer.value(), transfer.input(), transfer.calls(), List.of(), transfer.expected()));
    Trace lying = new Trace(whole.chainId(), whole.ledgerManager(), whole.inference(), whole.fineTuning(),
        whole.initialLockPeriod(), transactions);
    try (TraceNode node = TraceNode.start(lying, TraceSwitches.ALL.with(traces));
        DecodedTrace decoded = decoded(lying, node, TraceChecks.accepting(lying, false))) {
      assertThatThrownBy(() -> decoded.readTo(103, 10)).isInstanceOf(RpcFailure.class)
          .hasMessageContaining("contradict each other").hasMessageContaining(ALICE.value())
          .satisfies(e -> assertThat(((RpcFailure) e).kind()).isEqualTo(RpcFailure.Kind.INCONSISTENT));
      assertThat(decoded.next()).as("the blocks before it are decoded").isEqualTo(102);
      assertThat(decoded.factsOf(101)).hasSize(2 + 1);
    }
  }

  @Test
  void unknown_code_stops_at_the_start() {
    Trace trace = simulation().trace();
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL.behindBeacon(ANOTHER));
        DecodedTrace decoded = decoded(trace, node, TraceChecks.accepting(trace, false, DESCRIBED))) {
      assertThatThrownBy(() -> decoded.readTo(103, 10)).isInstanceOf(FollowingHalted.class)
          .hasCauseInstanceOf(CannotDecode.class)
          .hasMessageContaining(ANOTHER.value()).hasMessageContaining("NEURON_LEDGER_ZERO_G_IMPLEMENTATIONS");
      assertThat(decoded.facts()).isEmpty();
    }
  }

  private static Trace upgraded() {
    Simulation simulation = simulation();
    simulation.nextBlock().foreignLog(ALICE, TraceSwitches.BEACON, List.of(
        Signature.topic("Upgraded(address)"), new AbiWriter().address(ANOTHER).data()), "0x");
    simulation.nextBlock().direct(ALICE, new Operation.Transfer(INFERENCE, PROVIDER, ONE));
    return simulation.trace();
  }

  @Test
  void an_upgrade_to_unknown_code_stops_before_its_block() {
    Trace trace = upgraded();
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL.behindBeacon(DESCRIBED));
        DecodedTrace decoded = decoded(trace, node, TraceChecks.accepting(trace, false, DESCRIBED))) {
      assertThatThrownBy(() -> decoded.readTo(105, 10)).isInstanceOf(FollowingHalted.class)
          .hasCauseInstanceOf(CannotDecode.class)
          .hasMessageContaining("block 104").hasMessageContaining(ANOTHER.value());
      assertThat(decoded.next()).isEqualTo(104);
    }
  }

  @Test
  void an_upgrade_to_known_code_is_nothing_special() {
    Trace trace = upgraded();
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL.behindBeacon(DESCRIBED));
        DecodedTrace decoded = decoded(trace, node, TraceChecks.accepting(trace, false, DESCRIBED, ANOTHER))) {
      decoded.readTo(105, 10);
      assertThat(decoded.factsOf(105).getFirst().evidence()).isInstanceOf(Evidence.Log.class);
    }
  }

  @Test
  void decoding_after_unknown_code_marks_everything() {
    Trace trace = upgraded();
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL.behindBeacon(DESCRIBED));
        DecodedTrace decoded = decoded(trace, node, TraceChecks.accepting(trace, true, DESCRIBED))) {
      decoded.readTo(105, 10);
      assertThat(decoded.factsOf(103).getFirst().evidence()).isInstanceOf(Evidence.Transaction.class);
      assertThat(decoded.factsOf(105).getFirst().evidence())
          .isInstanceOfSatisfying(Evidence.Unverified.class, evidence -> {
            assertThat(evidence.evidence()).isInstanceOf(Evidence.Log.class);
            assertThat(evidence.implementation()).isEqualTo(ANOTHER);
          });
    }
  }

  @Test
  void a_start_at_a_pruned_state_fails_with_the_next_action() {
    Trace trace = simulation().trace();
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL.keepingStates(1));
        DecodedTrace decoded = decoded(trace, node, TraceChecks.accepting(trace, false))) {
      assertThatThrownBy(() -> decoded.readTo(103, 10)).isInstanceOf(FollowingHalted.class)
          .hasCauseInstanceOf(CannotDecode.class)
          .hasMessageContaining("after block 100").hasMessageContaining("archive node")
          .hasMessageContaining("NEURON_LEDGER_START_BLOCK");
    }
  }

  /** Between two polls the head advances by some blocks, whose states are pruned except for the newest. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void pruned_states_are_bridged_up_to_the_next_one_held(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Trace trace = RandomOperations.trace(seed, 120);
    for (TraceSwitches.Traces traces : List.of(TraceSwitches.Traces.CALL_TRACER, TraceSwitches.Traces.NONE)) {
      try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL.with(traces).keepingStates(2));
          DecodedTrace decoded = TraceChecks.decoded(trace, node,
              trace.transactions().getFirst().block())) {
        decoded.readTo(decoded.next(), 1);
        while (decoded.next() <= node.last()) {
          decoded.readTo(Math.min(node.last(), decoded.next() + random.nextLong(40)), random.nextInt(1, 30));
          compareAtHead(trace, decoded, node.head());
        }
      }
    }
  }

  private static void compareAtHead(Trace trace, DecodedTrace decoded, long head) {
    LedgerModel model = LedgerModel.of(decoded.facts());
    Trace.State expected = trace.transactions().stream().filter(transaction -> transaction.block() <= head)
        .reduce((_, last) -> last).orElseThrow().expected();
    assertThat(model.state(trace, expected.ledgers().keySet())).as("head %s", head)
        .isEqualTo(LedgerModel.comparable(expected));
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void undone_blocks_leave_no_trace_in_the_state(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Trace trace = RandomOperations.trace(seed, 120);
    long start = trace.transactions().getFirst().block();
    try (TraceNode node = TraceNode.start(trace, TraceSwitches.ALL);
        DecodedTrace decoded = TraceChecks.decoded(trace, node, start)) {
      Map<Long, Map<String, String>> stored = new HashMap<>();
      for (long block = start; block <= node.last(); block++) {
        decoded.readTo(block, 1);
        stored.put(block, Map.copyOf(decoded.stored()));
      }
      List<PublishedFact> facts = List.copyOf(decoded.facts());
      for (int i = 0; i < 10; i++) {
        long back = random.nextLong(start + 1, node.last());
        decoded.restore(back);
        assertThat(decoded.stored()).isEqualTo(stored.get(back - 1));
        decoded.readTo(node.last(), random.nextInt(1, 50));
        assertThat(decoded.facts()).isEqualTo(facts);
      }
    }
  }
}
