package io.neuronledger.indexer.decode.zerog;

import static io.neuronledger.testkit.trace.simulation.Simulation.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.indexer.fixture.PublishedFact;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.TraceNode;
import io.neuronledger.testkit.trace.node.TraceSwitches;
import io.neuronledger.testkit.trace.simulation.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes that show neither in a log, nor in LedgerManager's native balance, nor in the transaction itself. */
class DecodeHiddenIT extends DecodeScene {
  private static final TraceSwitches UNTRACED = TraceSwitches.ALL.with(TraceSwitches.Traces.NONE);
  private static final TraceSwitches BLIND = UNTRACED.refusing("eth_getProof");

  @BeforeEach
  void begin() {
    deposits(ALICE, 5);
    simulation.nextBlock().direct(ALICE, new Operation.DepositFor(SAFE, og(9)));
    simulation.nextBlock().through(ALICE, SAFE, new Operation.Transfer(INFERENCE, PROVIDER, og(2)));
  }

  private void movesHidden(long amount) {
    assertThat(simulation.hidden(BOB, SAFE, new Operation.Refund(og(amount)),
        new Operation.DepositFor(ALICE, og(amount)))).isTrue();
  }

  private static Evidence evidenceOf(List<PublishedFact> facts) {
    return facts.getLast().evidence();
  }

  @ParameterizedTest
  @EnumSource(TraceSwitches.Traces.class)
  void money_is_seen_in_its_own_block(TraceSwitches.Traces traces) {
    simulation.nextBlock();
    movesHidden(3);
    List<PublishedFact> facts = published(TraceSwitches.ALL.with(traces));
    assertThat(lastOf(facts)).hasSize(2).contains(new ChainEvent.Withdraw(SAFE, neuron(3)));
    if (traces == TraceSwitches.Traces.NONE) {
      assertThat(evidenceOf(facts)).isEqualTo(new Evidence.Snapshot(simulation.block() - 1, simulation.block()));
    } else {
      assertThat(evidenceOf(facts)).isInstanceOf(Evidence.Trace.class);
    }
  }

  @ParameterizedTest
  @EnumSource(TraceSwitches.Traces.class)
  void an_acknowledgement_is_seen_in_its_own_block(TraceSwitches.Traces traces) {
    settles(PROVIDER, item(SAFE, PROVIDER, 2, 1, 0));
    assertThat(simulation.nextBlock().hidden(BOB, SAFE, new Operation.Acknowledge(INFERENCE, PROVIDER, false)))
        .isTrue();
    assertThat(lastOf(published(TraceSwitches.ALL.with(traces))))
        .containsExactly(new ChainEvent.ProviderAcknowledged(SAFE, PROVIDER, Trace.INFERENCE, false));
  }

  @ParameterizedTest
  @EnumSource(TraceSwitches.Traces.class)
  void an_ordinary_move_in_the_same_block_hides_nothing(TraceSwitches.Traces traces) {
    simulation.nextBlock().direct(ALICE, new Operation.Transfer(INFERENCE, PROVIDER, og(1)));
    movesHidden(3);
    simulation.direct(ALICE, new Operation.Deposit(og(1)));
    assertThat(lastOf(published(TraceSwitches.ALL.with(traces)))).contains(new ChainEvent.Withdraw(SAFE, neuron(3)),
        new ChainEvent.Transfer(ALICE, PROVIDER, Trace.INFERENCE, true, neuron(1), neuron(0)));
  }

  @Test
  void changes_without_a_call_are_found_and_marked() {
    simulation.nextBlock().untraceable(BOB, SAFE, new Operation.Refund(og(3)),
        new Operation.DepositFor(ALICE, og(3)));
    List<PublishedFact> facts = published();
    assertThat(lastOf(facts)).containsExactlyInAnyOrder(new ChainEvent.Deposit(ALICE, ALICE, neuron(3)),
        new ChainEvent.Withdraw(SAFE, neuron(3)));
    assertThat(evidenceOf(facts)).isEqualTo(new Evidence.Unexplained(simulation.block() - 1, simulation.block()));
  }

  @Test
  void a_node_with_neither_proofs_nor_traces_is_compared_after_500_blocks() {
    // The wallet's actions there were found by comparison, because its deposits and transfers do not show.
    long complete = simulation.block();
    simulation.nextBlock();
    movesHidden(3);
    for (int i = 0; i < 520; i++) {
      simulation.nextBlock().foreignLog(BOB, BOB, List.of(), "0x01");
    }
    try (TraceNode node = TraceNode.start(simulation.trace(), BLIND);
        DecodedTrace decoded = TraceChecks.decoded(simulation.trace(), node, 100)) {
      decoded.readTo(complete + 400, 50);
      assertThat(observed(decoded)).isEmpty();
      assertThat(decoded.guard().getLast()).isEqualTo(
          new GuardRange(complete + 1, complete + 400, BlockGuard.NONE, Optional.empty()));
      decoded.readTo(node.last(), 50);
      List<ChainRecord> observed = observed(decoded);
      assertThat(observed).isNotEmpty().allSatisfy(record -> assertThat(record.evidence()).contains(
          new Evidence.Snapshot(complete, record.position().block())));
      assertThat(observed).extracting(ChainRecord::event).filteredOn(event -> event instanceof
          ChainEvent.StateObserved of && of.owner().equals(SAFE)).first().isInstanceOfSatisfying(
              ChainEvent.StateObserved.class, of -> assertThat(of.state().available()).isEqualTo(neuron(4)));
      long compared = observed.getFirst().position().block();
      assertThat(compared).isBetween(complete + 500, complete + 550);
      assertThat(decoded.guard()).contains(
          new GuardRange(complete + 1, compared, BlockGuard.COMPARED, Optional.of(compared)));
    }
  }

  @Test
  void states_are_compared_after_ten_minutes_too() {
    long complete = simulation.block();
    simulation.nextBlock();
    movesHidden(3);
    try (TraceNode node = TraceNode.start(simulation.trace(), BLIND);
        DecodedTrace decoded = TraceChecks.decoded(simulation.trace(), node, 100)) {
      decoded.readTo(node.last(), 50);
      assertThat(observed(decoded)).isEmpty();
      decoded.wait(Duration.ofMinutes(11));
      assertThat(observed(decoded)).isNotEmpty();
      assertThat(decoded.guard().getLast()).isEqualTo(
          new GuardRange(complete + 1, node.last(), BlockGuard.COMPARED, Optional.of(node.last())));
      int before = observed(decoded).size();
      decoded.wait(Duration.ofMinutes(11));
      assertThat(observed(decoded)).as("nothing new is unguarded").hasSize(before);
    }
  }

  /** Changes before the other node was available may have happened in any unguarded block. */
  @Test
  void evidence_begins_where_everything_was_known_to_be_complete() {
    long unguarded = simulation.block() + 1;
    simulation.nextBlock();
    movesHidden(3);
    simulation.nextBlock().foreignLog(BOB, BOB, List.of(), "0x01");
    long changed = simulation.block();
    simulation.nextBlock().direct(ALICE, new Operation.Deposit(og(1)));
    Trace trace = simulation.trace();
    try (TraceNode guarded = TraceNode.start(trace, UNTRACED);
        TraceNode blind = TraceNode.start(trace, BLIND);
        DecodedTrace decoded = TraceChecks.decoded(trace, guarded, 100)) {
      decoded.readTo(unguarded - 1, 50);
      decoded.changeTo(blind);
      decoded.readTo(changed, 50);
      decoded.changeTo(guarded);
      decoded.readTo(guarded.last(), 50);
      assertThat(decoded.factsOf(guarded.last())).extracting(PublishedFact::evidence)
          .contains(new Evidence.Snapshot(unguarded - 1, guarded.last()));
      assertThat(decoded.guard()).containsExactly(proved(100, unguarded - 1),
          new GuardRange(unguarded, changed, BlockGuard.COMPARED, Optional.of(guarded.last())),
          proved(guarded.last(), guarded.last()));
    }
  }

  private static GuardRange proved(long from, long to) {
    return new GuardRange(from, to, BlockGuard.PROVED, Optional.empty());
  }

  private static List<ChainRecord> observed(DecodedTrace decoded) {
    return decoded.records().stream().filter(record -> record.event() instanceof ChainEvent.StateObserved).toList();
  }
}
