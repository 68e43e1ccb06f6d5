package io.neuronledger.indexer.decode.zerog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.indexer.fixture.LedgerModel;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One node finds the changes of a block range whose states are pruned; another node serves the range's blocks. */
class DecodeFailoverIT extends DecodeScene {
  private static final TraceSwitches TRACED = TraceSwitches.ALL.keepingStates(2);
  private static final TraceSwitches UNTRACED = TRACED.with(TraceSwitches.Traces.NONE);

  /** A wallet that is a contract deposits and withdraws, block after block. */
  private Trace wallets() {
    deposits(ALICE, 5);
    IntStream.range(0, 5).forEach(_ -> {
      simulation.nextBlock().through(ALICE, SAFE, new Operation.Deposit(og(7)));
      simulation.nextBlock().through(ALICE, SAFE, "0xabcdef01", new Operation.Refund(og(3)));
    });
    return simulation.trace();
  }

  private static DecodedTrace halfWay(Trace trace, TraceNode node) {
    DecodedTrace decoded = TraceChecks.decoded(trace, node, 101);
    decoded.readTo(101, 1);
    node.advanceTo(node.last());
    decoded.readTo(104, 1);
    return decoded;
  }

  @Test
  void traced_blocks_are_not_decoded_without_traces() {
    Trace trace = wallets();
    try (TraceNode first = TraceNode.start(trace, TRACED); TraceNode second = TraceNode.start(trace, UNTRACED);
        DecodedTrace decoded = halfWay(trace, first)) {
      decoded.changeTo(second);
      assertThatThrownBy(() -> decoded.readTo(111, 3)).isInstanceOf(RpcFailure.class)
          .hasMessageContaining("does not trace block 105").satisfies(e ->
              assertThat(((RpcFailure) e).kind()).isEqualTo(RpcFailure.Kind.INCONSISTENT));
      decoded.changeTo(first);
      decoded.readTo(111, 3);
      TraceChecks.compare(trace, decoded.facts(), TRACED, 101);
    }
  }

  @Test
  void changes_found_without_traces_are_not_published_again_from_traces() {
    Trace trace = wallets();
    try (TraceNode first = TraceNode.start(trace, UNTRACED); TraceNode second = TraceNode.start(trace, TRACED);
        DecodedTrace decoded = halfWay(trace, first)) {
      decoded.changeTo(second);
      decoded.readTo(111, 3);
      LedgerModel model = LedgerModel.of(decoded.facts());
      Trace.State expected = trace.transactions().getLast().expected();
      assertThat(model.state(trace, expected.ledgers().keySet())).isEqualTo(LedgerModel.comparable(expected));
    }
  }

  @Test
  void a_running_block_range_is_undone_to_its_earlier_state() {
    Trace trace = wallets();
    try (TraceNode node = TraceNode.start(trace, UNTRACED); DecodedTrace decoded = halfWay(trace, node)) {
      decoded.readTo(111, 1);
      List<PublishedFact> facts = List.copyOf(decoded.facts());
      Map<String, String> stored = Map.copyOf(decoded.stored());
      for (long block = 111; block > 102; block--) {
        decoded.restore(block);
        decoded.readTo(111, 2);
        assertThat(decoded.facts()).isEqualTo(facts);
        assertThat(decoded.stored()).isEqualTo(stored);
      }
    }
  }

  @Test
  void a_new_process_continues_in_the_middle_of_a_block_range() {
    Trace trace = wallets();
    for (TraceSwitches switches : List.of(TRACED, UNTRACED)) {
      try (TraceNode node = TraceNode.start(trace, switches); DecodedTrace whole = halfWay(trace, node);
          TraceNode same = TraceNode.start(trace, switches); DecodedTrace restarted = halfWay(trace, same)) {
        whole.readTo(111, 1);
        while (restarted.next() <= 111) {
          restarted.restart(TraceChecks.family(trace));
          restarted.readTo(restarted.next(), 1);
        }
        assertThat(restarted.facts()).isEqualTo(whole.facts());
        assertThat(restarted.stored()).isEqualTo(whole.stored());
      }
    }
  }
}
