package io.neuronledger.command.partition;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The blocks of a partition rise, each with its seal: a record with the next seq but a wrong block halts it, and
 * nothing is stored.
 */
class BlockOrderIT {
  private final CommandFixture instance = CommandFixture.on(Servers.freshSchema(), 1);
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));

  /** Blocks 1 to 3 are sealed. */
  BlockOrderIT() {
    instance.record(chain.fact(deposit(ALICE, "1")).seal().seal().seal().drain());
  }

  @AfterEach
  void close() {
    instance.close();
  }

  @Test
  void a_seal_of_a_sealed_block_halts() {
    for (long block : new long[] {1, 3}) {
      assertHalts("belongs to block " + block, ChainPosition.endOf(block, 0), new ChainEvent.BlockSealed(-1), 0);
      assertHalts("belongs to block " + block, ChainPosition.endOf(block, 1), new ChainEvent.BlockSealed(-1), 0);
    }
  }

  @Test
  void a_fact_of_a_sealed_block_halts() {
    for (long block : new long[] {1, 3}) {
      assertHalts("belongs to block " + block, new ChainPosition(block, 0, 0), deposit(ALICE, "1000000"), 0);
    }
  }

  @Test
  void a_partition_without_records_in_a_block_goes_on_with_any_later_one() {
    instance.record(chain.pass().pass().fact(deposit(ALICE, "2")).seal().pass().seal().drain());
    assertThat(instance.events(ALICE)).hasSize(2);
    assertThat(seals()).containsExactly(1L, 2L, 3L, 6L, 8L);
  }

  @Test
  void a_record_of_another_block_than_the_unsealed_one_halts() {
    instance.record(chain.pass().fact(deposit(ALICE, "2")).drain());
    for (long block : new long[] {3, 4, 6}) {
      assertHalts("block 5 is not sealed yet", new ChainPosition(block, 0, 0), deposit(ALICE, "1000000"), 0);
      assertHalts("block 5 is not sealed yet", ChainPosition.endOf(block, 0), new ChainEvent.BlockSealed(-1), 0);
    }
    instance.record(chain.seal().drain());
    assertThat(seals()).endsWith(3L, 5L);
  }

  @Test
  void a_record_of_a_block_that_the_branch_shares_halts() {
    instance.record(chain.pass().pass().pass().retract(6, chain.blockTime()).drain());
    for (long block : new long[] {3, 4, 5}) {
      assertHalts("belongs to block " + block, new ChainPosition(block, 0, 0), deposit(ALICE, "1000000"), 1);
    }
    instance.record(chain.fact(deposit(ALICE, "2")).seal().drain());
    assertThat(seals()).endsWith(3L, 6L);
  }

  @Test
  void an_observation_belongs_to_the_sealed_block_or_to_a_later_one() {
    ChainEvent.StateObserved seen = new ChainEvent.StateObserved(ALICE, new ObservedLedger(true, coins("1"),
        List.of()), "run");
    assertHalts("belongs to block 2", ChainPosition.endOf(2, 1), seen, 0);
    assertHalts("belongs to block 3", ChainPosition.endOf(3, 0), seen, 0);
    instance.record(List.of(keyed(chain.takeSeq(0), ChainPosition.endOf(3, 1), seen, 0),
        keyed(chain.takeSeq(0), ChainPosition.endOf(3, 2), new ChainEvent.BlockSealed(-1), 0),
        keyed(chain.takeSeq(0), ChainPosition.endOf(7, 1), seen, 0),
        keyed(chain.takeSeq(0), ChainPosition.endOf(7, 2), new ChainEvent.BlockSealed(-1), 0),
        keyed(chain.takeSeq(0), ChainPosition.endOf(7, 3), seen, 0),
        keyed(chain.takeSeq(0), ChainPosition.endOf(7, 4), new ChainEvent.BlockSealed(-1), 0)));
    assertThat(seals()).endsWith(3L, 3L, 7L, 7L);
  }

  private List<Long> seals() {
    return instance.events(0).stream().filter(PartitionEvent.BlockSealed.class::isInstance)
        .map(seal -> ((PartitionEvent.BlockSealed) seal).block()).toList();
  }

  @Test
  void a_lower_or_a_skipped_branch_halts() {
    for (int branch : new int[] {0, 2}) {
      assertHalts("branch " + branch, ChainPosition.endOf(1, 0), new ChainEvent.BranchRetracted(2, branch), branch);
    }
    assertHalts("of branch 1", new ChainPosition(4, 0, 0), deposit(ALICE, "1000000"), 1);
  }

  @Test
  void a_second_declaration_halts() {
    assertHalts("declares a deployment", ChainPosition.endOf(3, 0),
        new ChainEvent.DeploymentDeclared(chain.deployment()), 0);
  }

  @Test
  void a_deployment_of_a_different_chain_than_its_record_halts() {
    try (CommandFixture fresh = CommandFixture.on(Servers.freshSchema(), 1)) {
      Deployment own = chain.deployment();
      ScriptedPartitions.KeyedRecord keyed = keyed(0, ChainPosition.endOf(0, 0), new ChainEvent.DeploymentDeclared(
          new Deployment(1, own.family(), own.contracts(), own.startBlock(), own.decoderVersion(), own.partitions())),
              0);
      assertThatThrownBy(() -> fresh.record(List.of(keyed))).isInstanceOf(PartitionHalted.class)
          .hasMessageContaining("declares a deployment");
      assertThat(fresh.events(0)).isEmpty();
    }
  }

  @Test
  void the_next_expected_record_is_recorded() {
    instance.record(chain.fact(deposit(ALICE, "2")).seal().drain());
    assertThat(instance.events(ALICE)).hasSize(2);
  }

  private void assertHalts(String reason, ChainPosition position, ChainEvent event, int branch) {
    List<?> before = instance.events(0);
    ScriptedPartitions.KeyedRecord keyed = keyed(chain.nextSeq(0), position, event, branch);
    assertThatThrownBy(() -> instance.record(List.of(keyed))).isInstanceOf(PartitionHalted.class)
        .hasMessageContaining(reason);
    instance.reset();
    assertThat(instance.events(0)).isEqualTo(before);
    assertThat(instance.nextSeq(0)).isEqualTo(chain.nextSeq(0));
  }

  private static ScriptedPartitions.KeyedRecord keyed(long seq, ChainPosition position, ChainEvent event, int branch) {
    return new ScriptedPartitions.KeyedRecord(
        event instanceof ChainEvent.OwnerFact fact ? Optional.of(fact.owner()) : Optional.empty(), new ChainRecord(
            ScriptedPartitions.CHAIN_ID, 0, seq, branch, position, ScriptedPartitions.hash(position.block(), branch),
            ScriptedPartitions.GENESIS.plusSeconds(position.block()), event, Optional.empty()));
  }
}
