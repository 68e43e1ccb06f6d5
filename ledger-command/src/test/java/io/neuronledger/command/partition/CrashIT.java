package io.neuronledger.command.partition;

import static io.neuronledger.command.fixture.Script.back;
import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.lockPeriod;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.settle;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.FailingDataSource;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a unit of work fails, each record counts once. */
class CrashIT {
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final WalletAddress ALICE = Wallets.inPartition(PARTITIONS, 0, 0);
  private static final WalletAddress BOB = Wallets.inPartition(PARTITIONS, 0, 1);
  private static final WalletAddress CAROL = Wallets.inPartition(PARTITIONS, 1, 0);
  private static final int CALLS_AT_LEAST = 30;

  private final List<FailingDataSource> database = new ArrayList<>();

  /** Two polls of both partitions: the second with lock events, a fork and a change of terms. */
  private static List<List<ScriptedPartitions.KeyedRecord>> recordedPolls() {
    ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
    chain.fact(deposit(ALICE, "10")).fact(transfer(ALICE, "5")).fact(request(ALICE, "5")).fact(deposit(BOB, "3"))
        .fact(deposit(CAROL, "7")).seal();
    List<ScriptedPartitions.KeyedRecord> first = chain.drain();
    chain.broadcast(lockPeriod(INFERENCE, Duration.ofHours(1)));
    chain.at(chain.blockTime().plus(Duration.ofHours(2))).fact(settle(ALICE, "1", "1")).seal();
    chain.retract(2, chain.blockTime().minus(Duration.ofHours(2)));
    chain.at(chain.blockTime().plus(Duration.ofDays(1))).fact(back(ALICE, "5")).seal();
    return List.of(first, chain.drain());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void each_record_counts_once_when_any_call_of_the_database_fails(boolean afterwards) {
    List<?> expected;
    try (CommandFixture undisturbed = CommandFixture.on(Servers.freshSchema(), PARTITIONS.count())) {
      recordedPolls().forEach(undisturbed::record);
      expected = events(undisturbed);
    }
    int failures = 0;
    boolean failed = true;
    while (failed) {
      try (CommandFixture instance =
          CommandFixture.on(Servers.freshSchema(), PARTITIONS.count(), source -> failing(source, afterwards))) {
        failed = disturbed(instance, failures + 1);
        assertThat(events(instance)).isEqualTo(expected);
      }
      failures += failed ? 1 : 0;
    }
    assertThat(failures).isGreaterThan(CALLS_AT_LEAST);
  }

  /** @return whether the failure happened before the end of the records */
  private boolean disturbed(CommandFixture instance, int n) {
    FailingDataSource source = database.getLast();
    source.failAt(n);
    Map<Integer, List<Delivered<ChainRecord>>> all =
        instance.delivered(recordedPolls().stream().flatMap(List::stream).toList());
    Map<Integer, List<Delivered<ChainRecord>>> rest = all;
    while (!rest.isEmpty()) {
      try {
        instance.record(rest, 9);
      } catch (RuntimeException e) {
        assertThat(source.hasFailed()).as("an unexpected exception: %s", e).isTrue();
      }
      instance.reset();
      rest = unrecorded(instance, all);
    }
    return source.hasFailed();
  }

  /** The records from the stored positions on, as Kafka delivers them after a restart. */
  private static Map<Integer, List<Delivered<ChainRecord>>> unrecorded(CommandFixture instance,
      Map<Integer, List<Delivered<ChainRecord>>> all) {
    Map<Integer, List<Delivered<ChainRecord>>> rest = new TreeMap<>();
    all.forEach((partition, records) -> {
      int done = instance.jdbc().sql("SELECT next_seq FROM partition WHERE partition = :partition")
          .param("partition", partition).query(Integer.class).single();
      if (done < records.size()) {
        rest.put(partition, records.subList(done, records.size()));
      }
    });
    return rest;
  }

  private static List<List<?>> events(CommandFixture instance) {
    return List.of(instance.events(0), instance.events(1));
  }

  private DataSource failing(DataSource source, boolean afterwards) {
    database.add(new FailingDataSource(source, afterwards));
    return database.getLast();
  }
}
