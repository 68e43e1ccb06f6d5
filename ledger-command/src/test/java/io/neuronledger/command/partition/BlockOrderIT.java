package io.neuronledger.command.partition;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.ChainRecord;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * In a partition blocks follow one another: what has the next seq and another block halts it, and nothing is stored.
 */
class BlockOrderIT {
  private final CommandFixture instance = CommandFixture.on(Servers.freshDatabase(), 1);
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));

  /** Blocks 1 to 3 are sealed. */
  BlockOrderIT() {
    instance.take(chain.fact(deposit(ALICE, "1")).seal().seal().seal().drain());
  }

  @AfterEach
  void close() {
    instance.close();
  }

  @Test
  void a_seal_of_a_block_that_is_not_the_next_one_halts() {
    for (long block : new long[] {1, 3, 5}) {
      assertHalts("is of block " + block, ChainPosition.endOf(block, 0), new ChainEvent.BlockSealed(-1), 0);
    }
  }

  @Test
  void a_fact_of_a_block_that_is_sealed_or_has_not_come_halts() {
    for (long block : new long[] {1, 3, 5}) {
      assertHalts("is of block " + block, new ChainPosition(block, 0, 0), deposit(ALICE, "1000000"), 0);
    }
  }

  @Test
  void a_branch_that_goes_back_or_skips_one_halts() {
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
  void a_deployment_declared_for_another_chain_than_its_record_halts() {
    try (CommandFixture fresh = CommandFixture.on(Servers.freshDatabase(), 1)) {
      Deployment own = chain.deployment();
      ScriptedPartitions.Said said = said(0, ChainPosition.endOf(0, 0), new ChainEvent.DeploymentDeclared(
          new Deployment(1, own.family(), own.contracts(), own.startBlock(), own.decoderVersion(), own.partitions())),
              0);
      assertThatThrownBy(() -> fresh.take(List.of(said))).isInstanceOf(PartitionHalted.class)
          .hasMessageContaining("declares a deployment");
      assertThat(fresh.events(0)).isEmpty();
    }
  }

  @Test
  void what_comes_next_goes_on() {
    instance.take(chain.fact(deposit(ALICE, "2")).seal().drain());
    assertThat(instance.events(ALICE)).hasSize(2);
  }

  private void assertHalts(String reason, ChainPosition position, ChainEvent event, int branch) {
    List<?> before = instance.events(0);
    ScriptedPartitions.Said said = said(chain.nextSeq(0), position, event, branch);
    assertThatThrownBy(() -> instance.take(List.of(said))).isInstanceOf(PartitionHalted.class)
        .hasMessageContaining(reason);
    instance.forget();
    assertThat(instance.events(0)).isEqualTo(before);
    assertThat(instance.nextSeq(0)).isEqualTo(chain.nextSeq(0));
  }

  private static ScriptedPartitions.Said said(long seq, ChainPosition position, ChainEvent event, int branch) {
    return new ScriptedPartitions.Said(
        event instanceof ChainEvent.OwnerFact fact ? Optional.of(fact.owner()) : Optional.empty(), new ChainRecord(
            ScriptedPartitions.CHAIN_ID, 0, seq, branch, position, ScriptedPartitions.hash(position.block(), branch),
            ScriptedPartitions.GENESIS.plusSeconds(position.block()), event, Optional.empty()));
  }
}
