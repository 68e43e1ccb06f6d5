package io.neuronledger.indexer.follow;

import static io.neuronledger.indexer.fixture.ScriptedScene.awaitProgress;
import static io.neuronledger.indexer.fixture.ScriptedScene.deposit;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.indexer.chain.block.Finality;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.follow.state.Progress;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of forks: confirmations before a block is published, finality after it. */
class FinalityIT {
  private final ScriptedScene scene = new ScriptedScene();
  private final ScriptedChain chain = scene.chain;

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void with_confirmations_short_forks_are_never_published() {
    scene.options.confirmations = 5;
    mine(1, 20);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitBlock(published, 15);
      chain.lose(5);
      mine(1_000, 8);
      awaitProgress(indexer, view -> view.published() == 18);
      scene.awaitBlock(published, 18);
      assertThat(published.retractions()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tag", "depth:20", "instant"})
  void a_fork_below_finality_halts_with_the_next_action(String finality) {
    scene.options.finality = Finality.parse(finality);
    mine(1, 60);
    scene.node.finalise(40);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      chain.lose(25);
      mine(1_000, 30);
      awaitProgress(indexer, view -> view.role() == Progress.Role.HALTED);
      long anchor = finality.equals("instant") ? 60 : 40;
      assertThat(indexer.progress().failure().orElseThrow()).contains("no longer holds block " + anchor + " (0x")
          .contains("below finality").contains("NEURON_LEDGER_FOLLOW_FINALITY");
      published.refresh().assertWellFormed(1);
      assertThat(published.newest()).isEqualTo(60);
      assertThat(published.retractions()).isZero();
    }
  }

  @Test
  void final_blocks_stay_final_for_the_next_instance() {
    mine(1, 60);
    scene.node.finalise(40);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
    }
    chain.lose(25);
    mine(1_000, 30);
    scene.node.finalise(10);
    try (Indexer indexer = Indexer.start(scene.options)) {
      awaitProgress(indexer, view -> view.role() == Progress.Role.HALTED);
    }
  }

  @Test
  void a_node_alone_with_a_fork_below_finality_stops_nothing() {
    mine(1, 40);
    scene.node.finalise(30);
    ScriptedChain other = chain.copy();
    other.lose(20);
    for (int i = 0; i < 30; i++) {
      other.mine(deposit(2_000 + i));
    }
    try (FakeNode wrong = new FakeNode(chain)) {
      wrong.finalise(30);
      scene.options.rpcUrls = List.of(wrong.url(), scene.node.url());
      try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        wrong.follow(other);
        mine(100, 5);
        scene.awaitHead(published);
        scene.assertMirrors(published);
        assertThat(indexer.progress().role()).isEqualTo(Progress.Role.LEADING);
      }
    }
  }

  @Test
  void a_seal_carries_the_finalized_block() {
    mine(1, 30);
    scene.node.finalise(12);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      assertThat(lastSeal(published).finalizedBlock()).isEqualTo(12);
      // A node with an older finalized block does not lower the published one.
      scene.node.finalise(3);
      mine(100, 1);
      scene.awaitHead(published);
      assertThat(lastSeal(published).finalizedBlock()).isEqualTo(12);
    }
  }

  /** Of the newest block: each has a deposit. */
  private static ChainEvent.BlockSealed lastSeal(Published published) {
    return published.all().filter(record -> record.event() instanceof ChainEvent.BlockSealed)
        .max(Comparator.comparing(ChainRecord::position)).map(seal -> (ChainEvent.BlockSealed) seal.event())
        .orElseThrow();
  }

  private void mine(int firstAmount, int blocks) {
    for (int i = 0; i < blocks; i++) {
      chain.mine(deposit(firstAmount + i));
    }
  }
}
