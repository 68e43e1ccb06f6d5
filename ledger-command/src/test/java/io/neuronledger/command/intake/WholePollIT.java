package io.neuronledger.command.intake;

import static io.neuronledger.command.fixture.Script.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.command.wiring.CommandService;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four partitions in one poll: one unit of work, and each by itself where that fails. */
class WholePollIT {
  private static final Partitions PARTITIONS = new Partitions(4);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String database = Servers.freshSchema();
  private final CommandFixture other = CommandFixture.on(database, PARTITIONS.count());
  private final ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
  private ChainEventProducer feed;

  @BeforeEach
  void freshTopics() {
    Servers.freshTopics(PARTITIONS.count());
    feed = new ChainEventProducer(PARTITIONS.count());
  }

  @AfterEach
  void stop() {
    feed.close();
    other.close();
  }

  private Service service() {
    return Service.start(database, PARTITIONS.count(), "neuron-ledger.intake.workers=1");
  }

  /** A block with a deposit in each partition. */
  private List<ScriptedPartitions.KeyedRecord> block() {
    for (int partition = 0; partition < PARTITIONS.count(); partition++) {
      chain.fact(deposit(Wallets.inPartition(PARTITIONS, partition, 0), "1"));
    }
    return chain.seal().drain();
  }

  @Test
  void all_partitions_of_a_poll_are_one_transaction() {
    // All is there before the first poll, so that it is delivered together.
    feed.publish(block());
    try (Service _ = service()) {
      awaitSealed(1, 0, 1, 2, 3);
    }
    assertThat(number("SELECT count(DISTINCT xmin::text) FROM account_event")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM partition WHERE xmin = (SELECT min(xmin::text)::xid FROM account_event)"))
        .isEqualTo(PARTITIONS.count());
  }

  @Test
  void a_partition_that_halts_within_the_unit_of_work_stops_no_other() {
    feed.publish(block().stream().map(each -> each.chainRecord().partition() == 2 ? onWrongBranch(each) : each)
        .toList());
    try (Service service = service()) {
      awaitSealed(1, 0, 1, 3);
      PartitionProgress progress = service.bean(CommandService.class).intakeProgress();
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(progress.partition(2)).hasValueSatisfying(halted -> {
        assertThat(halted.state()).isEqualTo(State.HALTED);
        assertThat(halted.reason()).contains("a record of branch 7");
      }));
      feed.publish(block());
      awaitSealed(2, 0, 1, 3);
    }
    assertThat(other.events(2)).isEmpty();
  }

  private static ScriptedPartitions.KeyedRecord onWrongBranch(ScriptedPartitions.KeyedRecord keyed) {
    ChainRecord own = keyed.chainRecord();
    return new ScriptedPartitions.KeyedRecord(keyed.key(), new ChainRecord(own.chainId(), own.partition(), own.seq(),
        own.seq() == 0 ? 0 : 7, own.position(), own.blockHash(), own.blockTime(), own.event(), own.evidence()));
  }

  @Test
  void a_partition_that_another_instance_has_moved_stops_no_other() {
    feed.publish(block());
    try (Service _ = service()) {
      awaitSealed(1, 0, 1, 2, 3);
      List<ScriptedPartitions.KeyedRecord> next = block();
      other.record(next.stream().filter(each -> each.chainRecord().partition() == 2).toList());
      // The fixture takes the seq for the offset, but the first transaction of the topic has ended with a marker.
      other.jdbc().sql("UPDATE partition SET next_offset = next_offset + 1 WHERE partition = 2").update();
      feed.publish(next);
      awaitSealed(2, 0, 1, 2, 3);
      feed.publish(block());
      awaitSealed(3, 0, 1, 2, 3);
    }
    for (int partition = 0; partition < PARTITIONS.count(); partition++) {
      assertThat(other.events(partition)).as("each record once").hasSize(1 + 3 * 2);
    }
  }

  private void awaitSealed(long block, int... partitions) {
    for (int partition : partitions) {
      await().atMost(PATIENCE).until(() ->
          number("SELECT sealed_block FROM partition WHERE partition = " + partition) == block);
    }
  }

  private long number(String sql) {
    return other.jdbc().sql(sql).query(Long.class).single();
  }
}
