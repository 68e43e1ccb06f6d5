package io.neuronledger.command.partition;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;
import static io.neuronledger.command.fixture.Wallets.coins;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.Partitions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotIT {
  private static final int BETWEEN = SnapshotPlan.EVENTS_BETWEEN;

  private final CommandFixture instance = CommandFixture.on(Servers.freshSchema(), 1);
  private final ScriptedPartitions chain = new ScriptedPartitions(new Partitions(1));

  @AfterEach
  void stop() {
    instance.close();
  }

  /** {@code count} settlements in one block. */
  private void settlements(int count) {
    for (int i = 0; i < count; i++) {
      chain.fact(settle(ALICE, "0.001", "0.001"));
    }
    chain.seal();
  }

  private Optional<Long> snapshotSequence() {
    return instance.jdbc().sql("SELECT sequence FROM stream_snapshot").query(Long.class).optional();
  }

  @Test
  void a_state_becomes_a_snapshot_once_its_block_is_final_and_not_before() {
    chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).seal();
    settlements(BETWEEN);
    instance.record(chain.drain());
    assertThat(snapshotSequence()).isEmpty();

    instance.record(chain.finalized(1).seal().drain());
    assertThat(snapshotSequence()).isEmpty();

    instance.record(chain.finalized(2).seal().drain());
    assertThat(snapshotSequence()).contains(BETWEEN + 1L);
  }

  /** Loading a stream of any length reads only the events of the last few blocks, here a thousand each. */
  @Test
  void a_long_stream_loads_as_few_events_as_a_short_one() {
    chain.fact(deposit(ALICE, "1000")).fact(transfer(ALICE, "500")).seal();
    for (int block = 2; block <= 101; block++) {
      chain.finalized(Math.max(1, block - 2));
      settlements(1_000);
      instance.record(chain.drain());
      assertThat(behindTheSnapshot()).isLessThanOrEqualTo(6_000);
    }
    instance.reset();
    instance.record(chain.fact(settle(ALICE, "1", "1")).seal().drain());
    List<LedgerEvent> events = instance.events(ALICE);
    assertThat(events).hasSizeGreaterThan(100_000);
    assertThat(((LedgerEvent.FeesSettled) events.getLast()).after().total()).isEqualTo(coins("899"));
  }

  private long behindTheSnapshot() {
    return instance.jdbc().sql("""
        SELECT (SELECT max(sequence) FROM account_event WHERE stream = :stream)
          - coalesce((SELECT sequence FROM stream_snapshot WHERE stream = :stream), -1)""")
        .param("stream", LedgerAggregate.idOf(ALICE)).query(Long.class).single();
  }

  @Test
  void loading_starts_at_the_snapshot() {
    chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).seal().finalized(2);
    settlements(BETWEEN);
    instance.record(chain.drain());

    // A falsified snapshot shows that earlier events are not read.
    instance.jdbc().sql("UPDATE stream_snapshot SET payload = replace(convert_from(payload, 'UTF8'), "
        + "'\"available\":\"5000000000000000000\"', '\"available\":\"7000000000000000000\"')::bytea").update();
    instance.reset();
    instance.record(chain.fact(deposit(ALICE, "1")).seal().drain());
    LedgerEvent.FundsDeposited last = (LedgerEvent.FundsDeposited) instance.events(ALICE).getLast();
    assertThat(last.after().available()).isEqualTo(coins("8"));
  }

  @Test
  void later_facts_apply_to_the_state_of_the_snapshot() {
    chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).seal().finalized(2);
    settlements(BETWEEN);
    instance.record(chain.drain());
    assertThat(snapshotSequence()).isPresent();
    instance.reset();
    instance.record(chain.fact(settle(ALICE, "1", "1")).fact(deposit(ALICE, "1")).seal().drain());
    assertThat(instance.ledger(ALICE).total()).isEqualTo(coins("9.5"));
  }

  @Test
  void a_fork_above_finality_is_rewound_from_the_snapshot_on() {
    chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).seal().finalized(2);
    settlements(BETWEEN);
    instance.record(chain.drain());
    assertThat(snapshotSequence()).isPresent();
    instance.record(chain.fact(settle(ALICE, "1", "1")).seal().drain());
    instance.reset();
    instance.record(chain.retract(3, chain.blockTime()).seal().drain());
    assertThat(instance.ledger(ALICE).locked()).isEqualTo(coins("4.5"));
  }

  @Test
  void a_candidate_of_a_retracted_block_becomes_no_snapshot() {
    chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).seal();
    settlements(BETWEEN);
    instance.record(chain.drain());
    instance.record(chain.retract(2, chain.blockTime()).finalized(2).seal().seal().drain());
    assertThat(snapshotSequence()).isEmpty();
  }
}
