package io.neuronledger.indexer.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.fixture.Indexer;
import io.neuronledger.indexer.fixture.LedgerLogs;
import io.neuronledger.indexer.fixture.Published;
import io.neuronledger.indexer.fixture.ScriptedChain;
import io.neuronledger.indexer.fixture.ScriptedScene;
import io.neuronledger.indexer.follow.state.Progress;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refund is requested in block 2, its lock ends with block 7, and no other block has anything. */
class SealDeadlinesIT {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "0a".repeat(20));
  private static final String SERVICE = "inference-v1.0";
  /** Five blocks of the scripted chain. */
  private static final BigInteger LOCK_SECONDS = BigInteger.valueOf(60);

  private final ScriptedScene scene = new ScriptedScene();
  private final ScriptedChain chain = scene.chain;
  private final int partition = new Partitions(scene.options.partitions).of(OWNER);

  @BeforeEach
  void request() {
    chain.mine(LedgerLogs.serviceRegistered(SERVICE, LOCK_SECONDS));
    chain.mine(LedgerLogs.refundRequested(OWNER, OWNER, SERVICE, new Neuron(BigInteger.ONE), 0));
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  /** @param owners the numbers of the owner's partition */
  private void assertSeals(Published published, List<Long> others, List<Long> owners) {
    for (int i = 0; i < scene.options.partitions; i++) {
      assertThat(seals(published, i)).as("partition %s", i).isEqualTo(i == partition ? owners : others);
    }
  }

  private static List<Long> seals(Published published, int partition) {
    return published.living(partition).stream().filter(record -> record.event() instanceof ChainEvent.BlockSealed)
        .map(record -> record.position().block()).toList();
  }

  @Test
  void an_idle_partition_is_sealed_where_the_lock_ends() {
    chain.mineEmpty(10);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      assertSeals(published, List.of(1L), List.of(1L, 2L, 7L));
    }
  }

  @Test
  void the_end_of_a_lock_survives_a_restart() {
    chain.mineEmpty(2);
    try (Published published = scene.published()) {
      try (Indexer _ = Indexer.start(scene.options)) {
        scene.awaitHead(published);
      }
      chain.mineEmpty(8);
      try (Indexer _ = Indexer.start(scene.options)) {
        scene.awaitHead(published);
      }
      assertSeals(published, List.of(1L), List.of(1L, 2L, 7L));
    }
  }

  @Test
  @SuppressWarnings("try") // the first instance ends before the second one
  void another_instance_that_takes_over_knows_the_end_of_a_lock() {
    chain.mineEmpty(2);
    try (Published published = scene.published(); Indexer first = Indexer.start(scene.options)) {
      ScriptedScene.awaitProgress(first, view -> view.role() == Progress.Role.LEADING);
      try (Indexer second = Indexer.start(scene.options)) {
        scene.awaitHead(published);
        first.close();
        ScriptedScene.awaitProgress(second, view -> view.role() == Progress.Role.LEADING);
        chain.mineEmpty(8);
        scene.awaitHead(published);
      }
      assertSeals(published, List.of(1L), List.of(1L, 2L, 7L));
    }
  }

  /** Blocks 6 to 8 are replaced: the end of the lock comes again, in the new block 7. */
  @Test
  void a_fork_over_the_end_of_a_lock_seals_the_block_that_reaches_it_now() {
    chain.mineEmpty(6);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      chain.reorganise(3);
      scene.awaitHead(published);
      assertSeals(published, List.of(1L, 6L), List.of(1L, 2L, 6L, 7L));
      assertThat(published.living(partition).getLast().blockHash()).isEqualTo(chain.at(7).orElseThrow().hash());
    }
  }

  @Test
  void a_request_that_a_fork_retracts_ends_nowhere() {
    chain.mineEmpty(2);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      chain.reorganise(3);
      chain.mineEmpty(8);
      scene.awaitHead(published);
      assertSeals(published, List.of(1L, 2L), List.of(1L, 2L));
    }
  }

  /** A lock that has ended begins again with a longer period, and ends a second time. */
  @Test
  void a_longer_lock_period_ends_the_lock_again() {
    chain.mineEmpty(6);
    chain.mine(LedgerLogs.lockPeriodSet(SERVICE, BigInteger.valueOf(120)));
    chain.mineEmpty(8);
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      assertSeals(published, List.of(1L, 9L), List.of(1L, 2L, 7L, 9L, 12L));
    }
  }

  @Test
  void the_records_are_the_same_whatever_the_batches() {
    chain.mineEmpty(4);
    scene.mine(20);
    chain.mineEmpty(10);
    List<ChainRecord> whole = records();
    scene.options = new Indexer.Options(scene.node.url(), ScriptedScene.CONTRACT, 1);
    scene.options.blocksPerStep = 1;
    assertThat(records()).isEqualTo(whole);
  }

  private List<ChainRecord> records() {
    try (Indexer _ = Indexer.start(scene.options); Published published = scene.published()) {
      scene.awaitHead(published);
      return published.all().toList();
    }
  }
}
