package io.neuronledger.indexer.follow;

import static io.neuronledger.indexer.fixture.ScriptedScene.awaitProgress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.indexer.fixture.ChainAnswers;
import io.neuronledger.indexer.fixture.FakeNode;
import io.neuronledger.indexer.fixture.FakeNode.Call;
import io.neuronledger.indexer.fixture.FakeNode.Misbehaviour;
import io.neuronledger.indexer.fixture.FakeSocket;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Faults of real nodes: nothing is lost, nothing is published twice, and health shows the reason of a wait. */
class NodeTroubleIT {
  private final ScriptedScene scene = new ScriptedScene();
  private final ScriptedChain chain = scene.chain;
  private final FakeNode node = scene.node;

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void every_third_request_fails_somehow() {
    scene.mine(300);
    AtomicInteger count = new AtomicInteger();
    node.misbehave(_ -> switch (count.incrementAndGet() % 331) {
      case 3 -> Optional.of(new Misbehaviour.Refuses(-32000, "header not found"));
      case 47 -> Optional.of(new Misbehaviour.Status(502, Map.of(), "<html>bad gateway</html>"));
      case 101 -> Optional.of(new Misbehaviour.Result(JsonNodeFactory.instance.nullNode()));
      case 203 -> Optional.of(new Misbehaviour.Status(200, Map.of(), ""));
      case 307 -> Optional.of(new Misbehaviour.Status(429, Map.of(), ""));
      default -> Optional.empty();
    });
    assertFollows();
  }

  @Test
  void an_empty_answer_instead_of_an_error_is_rejected() {
    scene.mine(3);
    node.misbehave(call -> is(call, "eth_getLogs") ? Optional.of(new Misbehaviour.Result(
        JsonNodeFactory.instance.arrayNode())) : Optional.empty());
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      awaitProgress(indexer, view -> view.failure().orElse("").contains("its receipts hold"));
      assertThat(published.refresh().newest()).isEqualTo(-1);
      node.behave();
      scene.awaitHead(published);
      scene.assertMirrors(published);
    }
  }

  /** The node has its head before its logs, as behind a load balancer: the block's hash is still unknown. */
  @Test
  void an_unknown_block_is_asked_for_again() {
    scene.mine(3);
    AtomicInteger refused = new AtomicInteger();
    node.misbehave(call -> is(call, "eth_getLogs") && refused.incrementAndGet() <= 8
        ? Optional.of(new Misbehaviour.Refuses(-32001, "unknown block")) : Optional.empty());
    assertFollows();
  }

  @Test
  void a_range_limit_is_detected_and_respected() {
    scene.mine(400);
    scene.options.blocksPerStep = 1_000;
    node.misbehave(call -> is(call, "eth_getLogs") && wide(call, 30)
        ? Optional.of(new Misbehaviour.Refuses(-32602, "you can only ask for so much")) : Optional.empty());
    assertFollows();
  }

  @Test
  void being_asked_to_slow_down_is_respected() {
    scene.mine(5);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      node.misbehave(_ -> Optional.of(new Misbehaviour.Status(429, Map.of("Retry-After", "2"), "")));
      awaitProgress(indexer, view -> view.failure().orElse("").contains("429"));
      int requests = node.requests();
      await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3)).until(() -> node.requests() <= requests + 1);
      node.behave();
      scene.mine(5);
      scene.awaitHead(published);
    }
  }

  @Test
  void a_dead_node_is_left_for_another_one() {
    scene.mine(20);
    try (FakeNode second = new FakeNode(chain)) {
      scene.options.rpcUrls = List.of(node.url(), second.url());
      try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        node.close();
        scene.mine(20);
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
    }
  }

  /** The node answers, but has stopped following: only a second node distinguishes it from an idle chain. */
  @Test
  void a_stuck_node_is_left_for_one_that_is_ahead() {
    scene.mine(20);
    try (FakeNode second = new FakeNode(chain)) {
      scene.options.rpcUrls = List.of(node.url(), second.url());
      try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        node.follow(chain.copy());
        scene.mine(20);
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
    }
  }

  @Test
  void a_node_of_another_chain_is_not_mixed_in() {
    scene.mine(20);
    ScriptedChain foreign = new ScriptedChain(ScriptedScene.CONTRACT);
    foreign.mineEmpty(100);
    try (FakeNode second = new FakeNode(foreign)) {
      second.chainId(1);
      scene.options.rpcUrls = List.of(node.url(), second.url());
      try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        node.misbehave(_ -> Optional.of(new Misbehaviour.Status(500, Map.of(), "down")));
        awaitProgress(indexer, view -> view.failure().orElse("").contains("follows the chain 1, not 31337"));
        node.behave();
        scene.mine(5);
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
    }
  }

  @Test
  void a_wrong_finalized_block_is_rejected() {
    scene.mine(20);
    node.misbehave(call -> is(call, "eth_getBlockByNumber") && call.params().path(0).asString().equals("finalized")
        ? Optional.of(new Misbehaviour.Result(((ObjectNode) ChainAnswers.json(chain.head())).put("number", "0xffffff")))
        : Optional.empty());
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      awaitProgress(indexer, view -> view.failure().orElse("").contains("final although its head"));
      assertThat(published.refresh().newest()).isEqualTo(-1);
      node.behave();
      scene.awaitHead(published);
    }
  }

  @Test
  void a_finalized_block_of_another_branch_is_rejected() {
    scene.mine(20);
    ScriptedChain other = chain.copy();
    other.reorganise(10);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      node.misbehave(call -> is(call, "eth_getBlockByNumber") && call.params().path(0).asString().equals("finalized")
          ? Optional.of(new Misbehaviour.Result(ChainAnswers.json(other.at(15).orElseThrow()))) : Optional.empty());
      scene.mine(1);
      awaitProgress(indexer, view -> view.failure().orElse("").contains("on another branch than its own"));
      node.behave();
      scene.awaitHead(published);
      assertThat(published.retractions()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_new_head_ends_the_wait_and_silence_is_noticed(boolean falls) {
    scene.options.pollingInterval = falls ? Duration.ofMillis(50) : Duration.ofHours(1);
    scene.mine(3);
    try (FakeSocket socket = new FakeSocket()) {
      scene.options.wsUrl = Optional.of(socket.url());
      try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        await().atMost(ScriptedScene.PATIENCE).until(() -> socket.subscribed() == 1);
        if (falls) {
          socket.fallSilent();
          scene.mine(1);
          await().atMost(ScriptedScene.PATIENCE).until(() -> socket.subscribed() == 1);
          assertThat(socket.connections()).isGreaterThan(1);
        } else {
          scene.mine(1);
          socket.announce(chain.head().number());
        }
        scene.awaitHead(published);
      }
    }
  }

  private void assertFollows() {
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      scene.assertMirrors(published);
    }
  }

  private static boolean is(Call call, String method) {
    return call.method().equals(method);
  }

  private static boolean wide(Call call, int most) {
    JsonNode filter = call.params().path(0);
    return filter.has("fromBlock") && Long.decode(filter.path("toBlock").asString())
        - Long.decode(filter.path("fromBlock").asString()) >= most;
  }
}
