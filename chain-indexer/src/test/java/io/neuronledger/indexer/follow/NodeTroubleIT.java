package io.neuronledger.indexer.follow;

import static io.neuronledger.indexer.scene.ScriptedScene.awaitProgress;
import static io.neuronledger.indexer.scene.ScriptedScene.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.ChainRecord;
import io.neuronledger.contracts.event.Lanes;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.publish.LaneRecord;
import io.neuronledger.indexer.publish.LedgerJson;
import io.neuronledger.indexer.scene.FakeNode.Call;
import io.neuronledger.indexer.scene.FakeNode.Misbehaviour;
import io.neuronledger.indexer.scene.FakeNode;
import io.neuronledger.indexer.scene.FakeSocket;
import io.neuronledger.indexer.scene.Indexer;
import io.neuronledger.indexer.scene.LedgerLogs;
import io.neuronledger.indexer.scene.Published;
import io.neuronledger.indexer.scene.ScriptedChain;
import io.neuronledger.indexer.scene.ScriptedScene;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Nodes that do what real ones do on a bad day: nothing is lost, nothing is told twice, and health says why it waits. */
class NodeTroubleIT {
  private static final WalletAddress VICTIM = WalletAddress.parse("0x" + "0a".repeat(20));

  private final ScriptedScene scene = new ScriptedScene();
  private final ScriptedChain chain = scene.chain;
  private final FakeNode node = scene.node;

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void every_third_request_fails_somehow() {
    mine(300);
    AtomicInteger count = new AtomicInteger();
    node.misbehave(_ -> switch (count.incrementAndGet() % 331) {
      case 3 -> Optional.of(new Misbehaviour.Refuses(-32000, "header not found"));
      case 47 -> Optional.of(new Misbehaviour.Status(502, Map.of(), "<html>bad gateway</html>"));
      case 101 -> Optional.of(new Misbehaviour.Says(JsonNodeFactory.instance.nullNode()));
      case 203 -> Optional.of(new Misbehaviour.Status(200, Map.of(), ""));
      case 307 -> Optional.of(new Misbehaviour.Status(429, Map.of(), ""));
      default -> Optional.empty();
    });
    assertFollows();
  }

  @Test
  void nothing_instead_of_an_error_is_not_believed() {
    mine(3);
    node.misbehave(call -> is(call, "eth_getLogs") ? Optional.of(new Misbehaviour.Says(
        JsonNodeFactory.instance.arrayNode())) : Optional.empty());
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      awaitProgress(indexer, view -> view.failure().orElse("").contains("its bloom holds some"));
      assertThat(published.refresh().sealed()).isEqualTo(-1);
      node.behave();
      scene.awaitHead(published);
      scene.assertMirrors(published);
    }
  }

  /** Its head is there before its logs, as behind a balancer: the block's hash is not known yet. */
  @Test
  void an_unknown_block_is_asked_for_again() {
    mine(3);
    AtomicInteger refused = new AtomicInteger();
    node.misbehave(call -> is(call, "eth_getLogs") && refused.incrementAndGet() <= 8
        ? Optional.of(new Misbehaviour.Refuses(-32001, "unknown block")) : Optional.empty());
    assertFollows();
  }

  @Test
  void a_limited_range_is_found_out_and_served() {
    mine(400);
    scene.options = scene.options.withBlocksPerStep(1_000);
    node.misbehave(call -> is(call, "eth_getLogs") && wide(call, 30)
        ? Optional.of(new Misbehaviour.Refuses(-32602, "you can only ask for so much")) : Optional.empty());
    assertFollows();
  }

  @Test
  void being_asked_to_slow_down_is_respected() {
    mine(5);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      node.misbehave(_ -> Optional.of(new Misbehaviour.Status(429, Map.of("Retry-After", "2"), "")));
      awaitProgress(indexer, view -> view.failure().orElse("").contains("429"));
      int requests = node.requests();
      await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3)).until(() -> node.requests() <= requests + 1);
      node.behave();
      mine(5);
      scene.awaitHead(published);
    }
  }

  @Test
  void a_dead_node_is_left_for_another_one() {
    mine(20);
    try (FakeNode second = new FakeNode(chain)) {
      scene.options = scene.options.at(node.url(), second.url());
      try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        node.close();
        mine(20);
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
    }
  }

  /** It answers, but has stopped following: only a second source tells it from an idle chain. */
  @Test
  void a_stuck_node_is_left_for_one_that_is_ahead() {
    mine(20);
    try (FakeNode second = new FakeNode(chain)) {
      scene.options = scene.options.at(node.url(), second.url());
      try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        node.follow(chain.copy());
        mine(20);
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
    }
  }

  @Test
  void a_node_of_another_chain_is_not_mixed_in() {
    mine(20);
    ScriptedChain foreign = new ScriptedChain(ScriptedScene.CONTRACT);
    foreign.mineEmpty(100);
    try (FakeNode second = new FakeNode(foreign)) {
      second.chainId(1);
      scene.options = scene.options.at(node.url(), second.url());
      try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        node.misbehave(_ -> Optional.of(new Misbehaviour.Status(500, Map.of(), "down")));
        awaitProgress(indexer, view -> view.failure().orElse("").contains("follows the chain 1, not 31337"));
        node.behave();
        mine(5);
        scene.awaitHead(published);
        scene.assertMirrors(published);
      }
    }
  }

  @Test
  void a_wrong_finalized_block_is_not_believed() {
    mine(20);
    node.misbehave(call -> is(call, "eth_getBlockByNumber") && call.params().path(0).asString().equals("finalized")
        ? Optional.of(new Misbehaviour.Says(((ObjectNode) FakeNode.json(chain.head())).put("number", "0xffffff")))
        : Optional.empty());
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      awaitProgress(indexer, view -> view.failure().orElse("").contains("final although its head"));
      assertThat(published.refresh().sealed()).isEqualTo(-1);
      node.behave();
      scene.awaitHead(published);
    }
  }

  @Test
  void a_finalized_block_of_another_branch_is_not_believed() {
    mine(20);
    ScriptedChain other = chain.copy();
    other.reorganise(10);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      node.misbehave(call -> is(call, "eth_getBlockByNumber") && call.params().path(0).asString().equals("finalized")
          ? Optional.of(new Misbehaviour.Says(FakeNode.json(other.at(15).orElseThrow()))) : Optional.empty());
      mine(1);
      awaitProgress(indexer, view -> view.failure().orElse("").contains("on another branch than its own"));
      node.behave();
      scene.awaitHead(published);
      assertThat(published.retractions()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void news_of_a_block_end_the_wait_and_silence_is_noticed(boolean falls) {
    scene.options = scene.options.polling(falls ? Duration.ofMillis(50) : Duration.ofSeconds(20));
    mine(3);
    try (FakeSocket socket = new FakeSocket()) {
      scene.options = scene.options.hearing(socket.url());
      try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
        scene.awaitHead(published);
        await().atMost(ScriptedScene.PATIENCE).until(() -> socket.subscribed() == 1);
        if (falls) {
          socket.fallSilent();
          mine(1);
          await().atMost(ScriptedScene.PATIENCE).until(() -> socket.subscribed() == 1);
          assertThat(socket.connections()).isGreaterThan(1);
        } else {
          mine(1);
          socket.announce(chain.head().number());
        }
        long start = System.nanoTime();
        scene.awaitHead(published);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      }
    }
  }

  /** Only that owner waits for a person: the envelope is a record like any other, its event is one nobody knows. */
  @Test
  void an_owners_unreadable_log_travels_in_that_owners_lane() {
    mine(3);
    ScriptedChain.Block broken = chain.mine(LedgerLogs.subAccountClosed(VICTIM, VICTIM, "a\0b"), deposit(77));
    mine(3);
    int lane = new Lanes(scene.options.lanes()).of(VICTIM);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      awaitProgress(indexer, view -> view.published() == chain.head().number());
      List<JsonNode> trees = published.refresh().trees(lane);
      JsonNode poison = trees.stream().filter(tree -> tree.path("event").path("type").asString()
          .equals(LaneRecord.Raw.TYPE)).findFirst().orElseThrow();
      assertThat(poison.path("seq").asLong()).isEqualTo(trees.indexOf(poison));
      assertThat(poison.path("block_hash").asString()).isEqualTo(broken.hash().value());
      assertThat(poison.path("event").path("owner").asString()).isEqualTo(VICTIM.value());
      assertThat(poison.path("event").path("reason").asString()).contains("NUL");
      assertThat(poison.path("event").path("topics").path(1).asString()).endsWith(VICTIM.value().substring(2));
      assertThat(poison.path("evidence").path("kind").asString()).isEqualTo("log");
      assertThatThrownBy(() -> LedgerJson.MAPPER.treeToValue(poison, ChainRecord.class))
          .isInstanceOf(JacksonException.class).hasMessageContaining(LaneRecord.Raw.TYPE);
      assertThat(published.trees(lane)).extracting(tree -> tree.path("seq").asLong()).isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void an_unreadable_log_of_nobody_stops_before_its_block() {
    mine(3);
    chain.mine(deposit(50), LedgerLogs.lockPeriodSet("inference-v1.0", BigInteger.TWO.pow(100)));
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      awaitProgress(indexer, view -> view.role() == Progress.Role.HALTED);
      assertThat(indexer.progress().failure().orElseThrow()).contains("block 4").contains("lock period");
      scene.awaitSealed(published, 3);
      assertThat(ScriptedScene.amounts(published)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void broadcasts_come_in_every_lane_in_order() {
    chain.mine(LedgerLogs.serviceRegistered("inference-v1.0", BigInteger.valueOf(86_400)), deposit(1),
        LedgerLogs.lockPeriodSet("inference-v1.0", BigInteger.valueOf(3_600)));
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      for (int lane = 0; lane < scene.options.lanes(); lane++) {
        assertThat(published.lane(lane)).filteredOn(record -> record.event() instanceof ChainEvent.Broadcast)
            .extracting(record -> record.event().getClass().getSimpleName())
            .containsExactly("DeploymentDeclared", "ServiceRegistered", "LockPeriodSet", "BlockSealed");
      }
    }
  }

  @Test
  void a_look_alike_emitter_changes_nothing() {
    mine(2);
    chain.mineFrom(VICTIM, deposit(99));
    mine(2);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      assertThat(ScriptedScene.amounts(published)).doesNotContain(99).hasSize(4);
    }
  }

  @Test
  void another_deployment_is_refused_by_name() {
    mine(5);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
    }
    List<WalletAddress> others = List.of(VICTIM);
    Indexer.Options options = scene.options;
    assertThatThrownBy(() -> Indexer.start(new Indexer.Options(options.rpcUrls(), options.wsUrl(), options.destination(),
        new AccountLedgerFamily(others), others, 2, options.lanes(), 0, options.finality(), options.pollingInterval(),
        options.blocksPerStep(), options.bootstrapServers())))
        .isInstanceOf(FollowingHalted.class).hasMessageContaining("another deployment")
        .hasMessageContaining("NEURON_LEDGER_CONTRACT").hasMessageContaining(VICTIM.value())
        .hasMessageContaining("start block (NEURON_LEDGER_START_BLOCK): stored 1, configured 2")
        .hasMessageNotContaining("family");
    assertThatThrownBy(() -> Indexer.start(options.withLanes(8))).isInstanceOf(FollowingHalted.class)
        .hasMessageContaining("has 4 partitions, and NEURON_LEDGER_LANES says 8");
    node.chainId(16_661);
    assertThatThrownBy(() -> Indexer.start(options)).isInstanceOf(FollowingHalted.class)
        .hasMessageContaining("stored 31337, configured 16661");
  }

  @Test
  void waits_for_a_chain_that_has_not_reached_the_start() {
    scene.options = scene.options.startingAt(10);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      awaitProgress(indexer, view -> view.stage().contains("waiting for block 9"));
      mine(12);
      scene.awaitHead(published);
      assertThat(ScriptedScene.amounts(published)).containsExactly(10, 11, 12);
    }
  }

  @Test
  void a_chain_is_followed_from_its_first_block() {
    scene.options = scene.options.startingAt(0);
    mine(3);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      scene.assertMirrors(published);
    }
  }

  private void assertFollows() {
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      scene.assertMirrors(published);
    }
  }

  private void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      chain.mine(deposit((int) chain.head().number() + 1));
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
