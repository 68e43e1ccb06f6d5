package io.neuronledger.command.partition;

import static io.neuronledger.command.fixture.Script.back;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.lockPeriod;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Script.withdraw;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.BOB;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForkIT {
  private final CommandFixture instance = CommandFixture.on(Servers.freshSchema(), 1);
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void the_retracted_branch_is_reverted_and_the_live_one_counts() {
    chain.fact(deposit(ALICE, "10")).seal().fact(transfer(ALICE, "5")).seal();
    chain.fact(withdraw(ALICE, "5")).fact(deposit(BOB, "3")).seal();
    chain.retract(2, chain.blockTime()).fact(deposit(ALICE, "1")).seal();
    instance.record(chain.drain());

    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("11"));
    assertThat(instance.ledger(ALICE).subAccounts()).isEmpty();
    assertThat(instance.ledger(BOB)).isEqualTo(Ledger.CLOSED);
    assertThat(instance.events(0).stream().map(each -> each.getClass().getSimpleName()))
        .endsWith("BlockSealed", "BranchRetracted", "LedgerRewound", "LedgerRewound", "FundsDeposited", "BlockSealed");
  }

  /** chain-indexer never retracts a final block. A state loaded from a snapshot could not be reverted. */
  @Test
  void a_retraction_of_a_final_block_halts() {
    instance.record(chain.fact(deposit(ALICE, "10")).seal().finalized(1).seal().seal().drain());
    List<ScriptedPartitions.KeyedRecord> allowed = chain.retract(2, chain.blockTime()).seal().drain();
    instance.record(allowed);
    List<ScriptedPartitions.KeyedRecord> tooDeep = chain.retract(1, chain.blockTime()).drain();
    assertThatThrownBy(() -> instance.record(tooDeep)).isInstanceOf(PartitionHalted.class)
        .hasMessageContaining("is final");
  }

  @Test
  void a_fork_there_and_back_ends_in_the_state_without_the_fork() {
    chain.fact(deposit(ALICE, "10")).seal();
    Instant second = chain.blockTime();
    chain.fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).seal();
    instance.record(chain.drain());
    Ledger branchA = instance.ledger(ALICE);

    instance.record(chain.retract(2, second).fact(deposit(ALICE, "7")).fact(deposit(BOB, "3")).seal().drain());
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("17"));

    chain.retract(2, second).fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).seal();
    instance.record(chain.drain());
    assertThat(instance.ledger(ALICE).total()).isEqualTo(branchA.total());
    assertThat(instance.ledger(ALICE).locked()).isEqualTo(branchA.locked());
    assertThat(instance.ledger(BOB)).isEqualTo(Ledger.CLOSED);
    assertThat(instance.ledger(ALICE).activeRefunds().map(active -> active.refund().id().branch()))
        .as("a transaction mined again creates a new refund").containsExactly(2);
  }

  @Test
  void a_refund_that_became_claimable_only_on_the_retracted_blocks_is_locked_again() {
    chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).seal();
    Instant asked = chain.blockTime().minusSeconds(10);
    chain.at(asked.plus(Duration.ofDays(1))).seal();
    instance.record(chain.drain());
    assertThat(announced()).containsExactly(true);

    // The new branch's block is a second before the unlock.
    instance.record(chain.retract(2, asked.plus(Duration.ofDays(1)).minusSeconds(1)).seal().drain());
    assertThat(announced()).containsExactly(false);

    instance.reset();
    instance.record(chain.at(asked.plus(Duration.ofDays(1))).seal().drain());
    assertThat(announced()).containsExactly(true);
    assertThat(instance.events(ALICE).stream().filter(LedgerEvent.RefundClaimable.class::isInstance)).hasSize(2);
  }

  @Test
  void a_lock_period_set_on_the_retracted_branch_has_no_effect() {
    chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).seal();
    Instant asked = chain.blockTime().minusSeconds(10);
    chain.broadcast(lockPeriod(INFERENCE, Duration.ofHours(1))).seal();
    instance.record(chain.drain());
    instance.record(chain.retract(2, asked.plus(Duration.ofHours(2))).seal().drain());
    assertThat(announced()).containsExactly(false);
    instance.record(chain.at(asked.plus(Duration.ofDays(1))).fact(back(ALICE, "5")).seal().drain());
    assertThat(instance.events(ALICE)).noneMatch(LedgerEvent.DiscrepancyFound.class::isInstance);
  }

  @Test
  void a_fork_below_an_earlier_fork_after_a_restart_is_reverted() {
    chain.fact(deposit(ALICE, "10")).seal().fact(transfer(ALICE, "5")).seal().fact(settle(ALICE, "1", "1")).seal();
    instance.record(chain.drain());
    instance.reset();
    instance.record(chain.retract(3, chain.blockTime()).fact(settle(ALICE, "2", "2")).seal().drain());
    instance.reset();
    instance.record(chain.retract(2, chain.blockTime()).seal().drain());
    assertThat(instance.ledger(ALICE).available()).isEqualTo(coins("10"));
    assertThat(instance.ledger(ALICE).total()).isEqualTo(coins("10"));
  }

  @Test
  void each_stored_rewind_reverts_exactly_the_retracted_postings() {
    chain.fact(deposit(ALICE, "10")).seal().fact(transfer(ALICE, "5")).seal().fact(settle(ALICE, "1", "1")).seal();
    instance.record(chain.retract(2, chain.blockTime()).seal().drain());
    LedgerEvent.LedgerRewound rewound = (LedgerEvent.LedgerRewound) instance.events(ALICE).getLast();
    assertThat(rewound.fromBlock()).isEqualTo(2);
    assertThat(rewound.postings()).hasSize(3);
    assertThat(rewound.state()).isEqualTo(instance.ledger(ALICE).state());
  }

  @Test
  void a_branch_that_is_not_the_next_halts_the_partition() {
    instance.record(chain.seal().drain());
    List<ScriptedPartitions.KeyedRecord> skipped = chain.retract(1, chain.blockTime()).drain();
    assertThat(skipped).hasSize(1);
    List<ScriptedPartitions.KeyedRecord> wrong = chain.retract(1, chain.blockTime()).drain();
    Delivered<ChainRecord> retraction = instance.read(skipped.getFirst().chainRecord().seq(), Optional.empty(),
        ChainEventProducer.JSON.writeValueAsBytes(wrong.getFirst().chainRecord()));
    assertThatThrownBy(() -> instance.record(Map.of(0, List.of(retraction)), 1)).isInstanceOf(PartitionHalted.class)
        .hasMessageContaining("a retraction to branch 2, but the partition is on branch 0");
    assertThat(instance.events(0)).noneMatch(PartitionEvent.BranchRetracted.class::isInstance);
  }

  private List<Boolean> announced() {
    return instance.ledger(ALICE).activeRefunds().map(active -> active.refund().announced()).toList();
  }
}
