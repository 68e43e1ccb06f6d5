package io.neuronledger.command.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.RandomBlocks;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Instances start and stop while the chain goes on: each event is stored and published once. */
class TwoInstancesIT {
  private static final Partitions PARTITIONS = new Partitions(4);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ROUNDS = 6;

  private final String database = Servers.freshSchema();
  private final ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
  private final Random random = new Random(20261121);
  private final List<ScriptedPartitions.KeyedRecord> all = new ArrayList<>();

  @Test
  void share_the_partitions_and_take_over_from_one_another() {
    Servers.freshTopics(PARTITIONS.count());
    try (ChainEventProducer feed = new ChainEventProducer(PARTITIONS.count())) {
      Service old = start();
      for (int round = 0; round < ROUNDS; round++) {
        publish(feed);
        Service young = start();
        publish(feed);
        old.close();
        publish(feed);
        old = young;
      }
      await().atMost(PATIENCE).until(() -> stored() == feed.published().size() && nothingIsLeft());
      old.close();
      assertEachOnce(feed.published());
      assertAsIfByOne();
    }
  }

  private Service start() {
    return Service.start(database, PARTITIONS.count());
  }

  private void publish(ChainEventProducer feed) {
    List<ScriptedPartitions.KeyedRecord> records = RandomBlocks.of(random, chain.blockTime(), 5).on(chain);
    all.addAll(records);
    feed.publish(records);
  }

  private long stored() {
    try (CommandFixture store = CommandFixture.on(database, PARTITIONS.count())) {
      return store.jdbc().sql("SELECT count(*) FROM account_event").query(Long.class).single();
    }
  }

  private boolean nothingIsLeft() {
    try (CommandFixture store = CommandFixture.on(database, PARTITIONS.count())) {
      return store.jdbc().sql("SELECT sum(next_seq) FROM partition").query(Long.class).single() == all.size();
    }
  }

  private static void assertEachOnce(List<AccountRecord> published) {
    Map<Integer, Long> next = new HashMap<>();
    for (AccountRecord each : published) {
      assertThat(each.seq()).as("partition %d", each.partition()).isEqualTo(next.getOrDefault(each.partition(), 0L));
      next.merge(each.partition(), 1L, Long::sum);
    }
  }

  private void assertAsIfByOne() {
    try (CommandFixture store = CommandFixture.on(database, PARTITIONS.count());
        CommandFixture one = CommandFixture.on(Servers.freshSchema(), PARTITIONS.count())) {
      one.record(all);
      for (int partition = 0; partition < PARTITIONS.count(); partition++) {
        assertThat(store.events(partition)).isEqualTo(one.events(partition));
      }
    }
  }
}
