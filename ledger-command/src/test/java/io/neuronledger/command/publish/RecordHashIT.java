package io.neuronledger.command.publish;

import static io.neuronledger.command.fixture.Script.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.RecordHash;
import io.neuronledger.contracts.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The header of each published record chains it to the one before. */
class RecordHashIT {
  private static final Partitions PARTITIONS = Instances.PARTITIONS;
  private static final int POLLS_MAX = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String database = Servers.freshSchema();
  private final ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
  private final PartitionGroup group = PartitionGroup.of(PARTITIONS).getFirst();

  /** Each instance publishes its own events from memory where it can, and its predecessor's from the store. */
  @Test
  void the_hashes_of_all_records_are_one_chain_across_a_restart_and_a_takeover() {
    Servers.freshTopics(PARTITIONS.count());
    runInstance("first", 1);
    runInstance("first", 1);
    runInstance("second", 0);
    try (CommandFixture store = CommandFixture.on(database, PARTITIONS.count())) {
      await().atMost(PATIENCE).untilAsserted(() -> assertStored(chained(), store));
    }
  }

  private static void assertStored(Map<Integer, byte[]> newest, CommandFixture store) {
    for (int partition = 0; partition < PARTITIONS.count(); partition++) {
      List<byte[]> stored = store.jdbc().sql("""
          SELECT head.hash FROM partition_head AS head WHERE partition = :partition
          UNION ALL (SELECT hash FROM account_event WHERE partition = :partition ORDER BY seq DESC LIMIT 1)""")
          .param("partition", partition).query(byte[].class).list();
      assertThat(stored).containsExactly(newest.get(partition), newest.get(partition));
    }
  }

  /** @param unpublished the blocks that remain for the next instance */
  private void runInstance(String name, int unpublished) {
    try (CommandFixture store = CommandFixture.on(database, PARTITIONS.count())) {
      record(store, 2);
      try (PartitionGroupPublisher publisher = Instances.of(store.jdbc(), name, UnaryOperator.identity(),
          store.committed(), new PublishProgress(Clock.systemUTC())).publisherOf(group)) {
        record(store, 2);
        boolean more = true;
        while (more) {
          more = publisher.step();
        }
      }
      record(store, unpublished);
    }
  }

  private void record(CommandFixture store, int blocks) {
    for (int block = 0; block < blocks; block++) {
      chain.fact(deposit(Wallets.inPartition(PARTITIONS, 0, block), "1"))
          .fact(deposit(Wallets.inPartition(PARTITIONS, 1, block), "1")).seal();
    }
    store.record(chain.drain());
  }

  /** @return the newest hash by partition */
  private static Map<Integer, byte[]> chained() {
    Map<Integer, byte[]> newest = new HashMap<>();
    List<TopicPartition> all = IntStream.range(0, PARTITIONS.count())
        .mapToObj(partition -> new TopicPartition(Topics.ACCOUNT_EVENTS, partition)).toList();
    try (Consumer<byte[], byte[]> consumer = Instances.consumer()) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      for (int polls = 0; polls < POLLS_MAX
          && all.stream().anyMatch(each -> consumer.position(each) < Objects.requireNonNull(ends.get(each))); polls++) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
          byte[] hash =
              RecordHash.of(newest.getOrDefault(each.partition(), RecordHash.none()), each.value());
          assertThat(each.headers().lastHeader(RecordHash.HEADER).value())
              .as("partition %d offset %d", each.partition(), each.offset()).isEqualTo(hash);
          newest.put(each.partition(), hash);
        }
      }
    }
    assertThat(newest).hasSize(PARTITIONS.count());
    return newest;
  }
}
