package io.neuronledger.query.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress.State;
import io.neuronledger.foundation.partitionlog.reader.PartitionReader;
import io.neuronledger.foundation.partitionlog.reader.SequencedTopic;
import io.neuronledger.query.db.Tables;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.partition.change.Partition;
import io.neuronledger.testkit.servers.ManualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three partitions in each poll: one transaction, and each by itself where that fails. */
class WholePollIT {
  private static final Partitions PARTITIONS = new Partitions(3);

  private final QueryFixture fixture = new QueryFixture(PARTITIONS.count());
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final PartitionProgress progress = new PartitionProgress(new ManualClock());
  private final List<CommittedBatch> committed = new ArrayList<>();
  private final PartitionReader<AccountRecord> reader = reader();
  private final List<AccountEventScript> scripts = IntStream.range(0, PARTITIONS.count())
      .mapToObj(number -> AccountEventScript.started(number, PARTITIONS.count())).toList();

  private PartitionReader<AccountRecord> reader() {
    consumer.updateBeginningOffsets(everywhere(0L));
    consumer.updateEndOffsets(everywhere(0L));
    AccountEventIntake intake = new AccountEventIntake(fixture.writer(), new PartitionStore(QueryFixture.JSON),
        fixture.db(), committed::add);
    return new PartitionReader<>(new SequencedTopic<>(Topics.ACCOUNT_EVENTS, PARTITIONS, "ledger-command",
        AccountRecord.class), intake, AccountEventIntake.SETTINGS, progress, new ManualClock(), consumer).assignAll();
  }

  private static Map<TopicPartition, Long> everywhere(long offset) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (int number = 0; number < PARTITIONS.count(); number++) {
      offsets.put(new TopicPartition(Topics.ACCOUNT_EVENTS, number), offset);
    }
    return offsets;
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A block with a deposit in each partition. */
  private void block() {
    for (int number = 0; number < PARTITIONS.count(); number++) {
      scripts.get(number).deposit(Wallets.inPartition(number, 0, PARTITIONS), Neuron.parse("1")).seal();
    }
  }

  /** One poll delivers what each partition does not have yet, and these; the offset of a record is twice its seq. */
  private void poll(AccountRecord... others) {
    for (int number = 0; number < PARTITIONS.count(); number++) {
      List<AccountRecord> records = scripts.get(number).records();
      long position = consumer.position(new TopicPartition(Topics.ACCOUNT_EVENTS, number));
      records.subList((int) (position + 1) / 2, records.size()).forEach(this::deliver);
    }
    Arrays.stream(others).forEach(this::deliver);
    reader.step();
  }

  private void deliver(AccountRecord record) {
    consumer.addRecord(
        QueryFixture.delivered(2 * record.seq(), PartitionStream.keyOf(record).orElse(null), record));
    consumer.updateEndOffsets(
        Map.of(new TopicPartition(Topics.ACCOUNT_EVENTS, record.partition()), 2 * record.seq() + 1));
  }

  private long transactions() {
    return fixture.db().resultQuery("SELECT count(DISTINCT xmin::text) FROM entry")
        .fetchSingle(row -> row.get(0, Long.class));
  }

  private List<List<Integer>> committed() {
    return committed.stream().map(batch -> batch.partitions().stream().map(Partition::number).toList()).toList();
  }

  @Test
  void all_partitions_of_a_poll_are_one_transaction() {
    block();
    block();
    poll();
    assertThat(fixture.db().fetchCount(Tables.ENTRY)).isEqualTo(2 * PARTITIONS.count());
    assertThat(transactions()).isEqualTo(1);
  }

  /** A block time in milliseconds: PostgreSQL refuses a year of five digits. */
  @Test
  void only_the_partition_with_a_refused_value_is_written_record_by_record() {
    block();
    AccountRecord refused = new AccountRecord(PartitionStream.CHAIN_ID, 1, scripts.get(1).records().size(), "lane:1", 3,
        PartitionStream.RECORDED_AT, new PartitionEvent.ReconciliationEnded("run-1", 1, new Hash("0x" + "5".repeat(64)),
            Instant.ofEpochSecond(1_700_000_000_000L), 0, 1, Neuron.ZERO, Neuron.ZERO));
    poll(refused);
    assertThat(committed).isEmpty();
    poll(refused);
    assertThat(committed()).containsExactly(List.of(0), List.of(1), List.of(1), List.of(1), List.of(1), List.of(2));
    assertThat(progress.partition(1)).hasValueSatisfying(halted -> {
      assertThat(halted.state()).isEqualTo(State.HALTED);
      assertThat(halted.reason()).contains("refuses the field event.block_time");
    });
    block();
    poll();
    assertThat(committed().getLast()).containsExactly(0, 2);
  }

  @Test
  void a_partition_that_another_instance_has_moved_stops_no_other() {
    block();
    fixture.process(scripts.get(1).records());
    poll();
    assertThat(committed).isEmpty();
    block();
    poll();
    block();
    poll();
    assertThat(committed()).containsExactly(List.of(0), List.of(1), List.of(2), List.of(0, 1, 2));
    assertThat(fixture.db().fetchCount(Tables.ENTRY)).as("each event once").isEqualTo(3 * PARTITIONS.count());
  }
}
