package io.neuronledger.indexer.follow;

import static io.neuronledger.indexer.fixture.ScriptedScene.awaitProgress;
import static io.neuronledger.indexer.fixture.ScriptedScene.deposit;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forks on a scripted chain: every partition ends as if only the current branch had ever existed. */
class ForksIT {
  private final ScriptedScene scene = new ScriptedScene();
  private final ScriptedChain chain = scene.chain;

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 70})
  void a_branch_is_replaced_while_following(int depth) {
    mine(1, 80);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      chain.lose(depth);
      mine(1_000, depth + 2);
      scene.awaitHead(published);
      scene.assertMirrors(published);
      assertThat(published.retractions()).isEqualTo(1);
      assertThat(indexer.meters().counter("indexer.retractions").count()).isEqualTo(1);
    }
  }

  @Test
  void the_retraction_and_the_new_branch_are_one_transaction() {
    mine(1, 10);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      double steps = indexer.meters().get("indexer.records.per.step").summary().count();
      chain.lose(4);
      mine(1_000, 4);
      scene.awaitHead(published);
      assertThat(indexer.meters().get("indexer.records.per.step").summary().count()).isEqualTo((long) steps + 1);
    }
  }

  @Test
  void a_fork_while_the_indexer_was_down_is_noticed() {
    mine(1, 30);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      assertThat(indexer.progress().published()).isEqualTo(30);
    }
    chain.lose(12);
    mine(1_000, 40);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      scene.assertMirrors(published);
      assertThat(published.retractions()).isEqualTo(1);
      assertThat(indexer.progress().published()).isEqualTo(58);
    }
  }

  @Test
  void branches_may_flip_and_flop() {
    mine(1, 20);
    ScriptedChain other = chain.copy();
    other.lose(5);
    for (int i = 0; i < 6; i++) {
      other.mine(deposit(2_000 + i));
    }
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      scene.node.follow(other);
      awaitProgress(indexer, view -> view.published() == 21);
      mine(3_000, 3);
      scene.node.follow(chain);
      scene.awaitHead(published);
      scene.assertMirrors(published);
      assertThat(published.retractions()).isEqualTo(2);
      assertThat(published.partition(0).getLast().branch()).isEqualTo(2);
    }
  }

  @Test
  void a_chain_may_be_replaced_down_to_its_start_while_nothing_is_final() {
    scene.options.startBlock = 5;
    scene.node.finalise(2);
    chain.mineEmpty(4);
    mine(1, 6);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      chain.lose(8);
      chain.mineEmpty(2);
      mine(1_000, 7);
      scene.awaitHead(published);
      scene.assertMirrors(published);
    }
  }

  @Test
  void a_node_whose_head_goes_back_is_no_fork() {
    mine(1, 20);
    ScriptedChain lagging = chain.copy();
    lagging.lose(6);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      scene.node.follow(lagging);
      awaitProgress(indexer, view -> view.failure().orElse("").contains("below the published block 20"));
      scene.node.follow(chain);
      mine(100, 3);
      scene.awaitHead(published);
      scene.assertMirrors(published);
      assertThat(published.retractions()).isZero();
    }
  }

  @Test
  void a_shorter_branch_waits_until_it_is_as_long() {
    mine(1, 20);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      chain.lose(6);
      mine(1_000, 2);
      awaitProgress(indexer, view -> view.head() == 16 && view.failure().isPresent());
      assertThat(published.refresh().retractions()).isZero();
      mine(2_000, 4);
      scene.awaitHead(published);
      scene.assertMirrors(published);
      assertThat(published.retractions()).isEqualTo(1);
    }
  }

  @Test
  void a_second_node_with_the_published_block_wins_at_the_same_height() {
    mine(1, 20);
    ScriptedChain other = chain.copy();
    other.lose(4);
    for (int i = 0; i < 4; i++) {
      other.mine(deposit(2_000 + i));
    }
    try (FakeNode wrong = new FakeNode(chain)) {
      scene.options.rpcUrls = List.of(wrong.url(), scene.node.url());
      try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        wrong.follow(other);
        mine(100, 5);
        scene.awaitHead(published);
        scene.assertMirrors(published);
        assertThat(published.retractions()).isZero();
      }
    }
  }

  private void mine(int firstAmount, int blocks) {
    for (int i = 0; i < blocks; i++) {
      chain.mine(deposit(firstAmount + i));
    }
  }
}
