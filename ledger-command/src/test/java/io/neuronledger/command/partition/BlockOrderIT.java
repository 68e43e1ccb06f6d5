package io.neuronledger.command.partition;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The blocks of a partition are contiguous: a record with the next seq but a wrong block halts it, and nothing is
 * stored.
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
  void a_seal_of_any_block_but_the_next_one_halts() {
    for (long block : new long[] {1, 3, 5}) {
      assertHalts("belongs to block " + block, ChainPosition.endOf(block, 0), new ChainEvent.BlockSealed(-1), 0);
    }
  }

  @Test
  void a_fact_of_a_sealed_or_a_future_block_halts() {
    for (long block : new long[] {1, 3, 5}) {
      assertHalts("belongs to block " + block, new ChainPosition(block, 0, 0), deposit(ALICE, "1000000"), 0);
    }
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
