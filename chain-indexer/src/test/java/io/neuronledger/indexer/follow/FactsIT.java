package io.neuronledger.indexer.follow;

import static io.neuronledger.indexer.fixture.ScriptedScene.awaitProgress;
import static io.neuronledger.indexer.fixture.ScriptedScene.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.indexer.decode.accountledger.AccountLedgerFamily;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.LedgerLogs;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.publish.form.PartitionRecord;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The published records of the chain, their partitions, and the logs that are not published. */
class FactsIT {
  private static final WalletAddress VICTIM = WalletAddress.parse("0x" + "0a".repeat(20));

  private final ScriptedScene scene = new ScriptedScene();
  private final ScriptedChain chain = scene.chain;

  @AfterEach
  void close() {
    scene.close();
  }

  /** Only that owner waits for an operator: the envelope is a normal record, its event has an unknown type. */
  @Test
  void an_owners_unreadable_log_travels_in_that_owners_partition() {
    scene.mine(3);
    ScriptedChain.Block broken = chain.mine(LedgerLogs.subAccountClosed(VICTIM, VICTIM, "a\0b"), deposit(77));
    scene.mine(3);
    int partition = new Partitions(scene.options.partitions).of(VICTIM);
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      awaitProgress(indexer, view -> view.published() == chain.head().number());
      List<JsonNode> trees = published.refresh().trees(partition);
      JsonNode poison = trees.stream().filter(tree -> tree.path("event").path("type").asString()
          .equals(PartitionRecord.Raw.TYPE)).findFirst().orElseThrow();
      assertThat(poison.path("seq").asLong()).isEqualTo(trees.indexOf(poison));
      assertThat(poison.path("block_hash").asString()).isEqualTo(broken.hash().value());
      assertThat(poison.path("event").path("owner").asString()).isEqualTo(VICTIM.value());
      assertThat(poison.path("event").path("reason").asString()).contains("NUL");
      assertThat(poison.path("event").path("topics").path(1).asString()).endsWith(VICTIM.value().substring(2));
      assertThat(poison.path("evidence").path("kind").asString()).isEqualTo("log");
      assertThatThrownBy(() -> TopicJson.MAPPER.treeToValue(poison, ChainRecord.class))
          .isInstanceOf(JacksonException.class).hasMessageContaining(PartitionRecord.Raw.TYPE);
      assertThat(published.trees(partition)).extracting(tree -> tree.path("seq").asLong()).isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void an_unreadable_log_without_an_owner_stops_before_its_block() {
    scene.mine(3);
    chain.mine(deposit(50), LedgerLogs.lockPeriodSet("inference-v1.0", BigInteger.TWO.pow(100)));
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      awaitProgress(indexer, view -> view.role() == Progress.Role.HALTED);
      assertThat(indexer.progress().failure().orElseThrow()).contains("block 4").contains("lock period");
      scene.awaitBlock(published, 3);
      assertThat(ScriptedScene.amounts(published)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void broadcasts_come_in_every_partition_in_order() {
    chain.mine(LedgerLogs.serviceRegistered("inference-v1.0", BigInteger.valueOf(86_400)), deposit(1),
        LedgerLogs.lockPeriodSet("inference-v1.0", BigInteger.valueOf(3_600)));
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      for (int partition = 0; partition < scene.options.partitions; partition++) {
        assertThat(published.partition(partition)).filteredOn(record -> record.event() instanceof ChainEvent.Broadcast)
            .extracting(record -> record.event().getClass().getSimpleName())
            .containsExactly("DeploymentDeclared", "ServiceRegistered", "LockPeriodSet", "BlockSealed");
      }
    }
  }

  @Test
  void a_look_alike_emitter_changes_nothing() {
    scene.mine(2);
    chain.mineFrom(VICTIM, deposit(99));
    scene.mine(2);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      assertThat(ScriptedScene.amounts(published)).doesNotContain(99).hasSize(4);
    }
  }

  @Test
  void another_deployment_is_refused_by_name() {
    scene.mine(5);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
    }
    Indexer.Options options = scene.options;
    options.startBlock = 2;
    options.contract = VICTIM;
    options.family = new AccountLedgerFamily(VICTIM);
    assertThatThrownBy(() -> Indexer.start(options))
        .isInstanceOf(FollowingHalted.class).hasMessageContaining("another deployment")
        .hasMessageContaining("NEURON_LEDGER_CONTRACT").hasMessageContaining(VICTIM.value())
        .hasMessageContaining("start block (NEURON_LEDGER_START_BLOCK): stored 1, configured 2")
        .hasMessageNotContaining("family");
    options.startBlock = 1;
    options.contract = ScriptedScene.CONTRACT;
    options.family = new AccountLedgerFamily(ScriptedScene.CONTRACT);
    options.partitions = 8;
    assertThatThrownBy(() -> Indexer.start(options)).isInstanceOf(FollowingHalted.class)
        .hasMessageContaining("has 4 partitions, but NEURON_LEDGER_PARTITIONS requires 8");
    options.partitions = 4;
    scene.node.chainId(16_661);
    assertThatThrownBy(() -> Indexer.start(options)).isInstanceOf(FollowingHalted.class)
        .hasMessageContaining("stored 31337, configured 16661");
  }

  @Test
  void waits_for_a_chain_that_has_not_reached_the_start() {
    scene.options.startBlock = 10;
    try (Indexer indexer = Indexer.start(scene.options); Published published = scene.published()) {
      awaitProgress(indexer, view -> view.stage().contains("waiting for block 9"));
      scene.mine(12);
      scene.awaitHead(published);
      assertThat(ScriptedScene.amounts(published)).containsExactly(10, 11, 12);
    }
  }

  @Test
  void a_chain_is_followed_from_its_first_block() {
    scene.options.startBlock = 0;
    scene.mine(3);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      scene.assertMirrors(published);
    }
  }
}
