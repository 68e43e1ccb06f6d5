package io.neuronledger.command.publish;

import static io.neuronledger.command.fixture.Script.deposit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.ChainEventProducer;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.command.store.EventTable;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each event is published once, in order, without a gap, across instances and interruptions. */
class PublicationIT {
  private static final Partitions PARTITIONS = Instances.PARTITIONS;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String database = Servers.freshSchema();
  private final CommandFixture store = CommandFixture.on(database, PARTITIONS.count());
  private final ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
  private final PartitionGroup group = PartitionGroup.of(PARTITIONS).getFirst();
  private ChainEventProducer feed;

  @BeforeEach
  void freshTopics() {
    Servers.freshTopics(PARTITIONS.count());
    feed = new ChainEventProducer(PARTITIONS.count());
  }

  @AfterEach
  void stop() {
    feed.close();
    store.close();
  }

  /** An instance that finds all events in the store. */
  private Publication instance(String name, UnaryOperator<Producer<byte[], byte[]>> wrapped) {
    return instance(name, wrapped, new CommittedEvents(0));
  }

  private Publication instance(String name, UnaryOperator<Producer<byte[], byte[]>> wrapped,
      CommittedEvents committed) {
    return Instances.of(store.jdbc(), name, wrapped, committed, new PublishProgress(Clock.systemUTC()));
  }

  private void store(int blocks) {
    store(store, blocks);
  }

  private void store(CommandFixture writer, int blocks) {
    for (int block = 0; block < blocks; block++) {
      chain.fact(deposit(Wallets.inPartition(PARTITIONS, 0, block), "1"))
          .fact(deposit(Wallets.inPartition(PARTITIONS, 1, block), "1")).seal();
    }
    writer.record(chain.drain());
  }

  /** All stored events are published, each once, in the order of seq. A commit returns before all of it is visible. */
  private void assertAllOnce() {
    await().atMost(PATIENCE).untilAsserted(this::allOnce);
  }

  private void allOnce() {
    Map<Integer, Long> next = new HashMap<>();
    for (AccountRecord each : feed.published()) {
      assertThat(each.seq()).as("partition %d", each.partition()).isEqualTo(next.getOrDefault(each.partition(), 0L));
      next.merge(each.partition(), 1L, Long::sum);
    }
    assertThat(next).isEqualTo(new EventTable(store.jdbc()).heads());
  }

  @Test
  void a_second_instance_fences_the_first() {
    store(3);
    try (PartitionGroupPublisher first = instance("first", UnaryOperator.identity()).publisherOf(group)) {
      assertThat(first.step()).isTrue();
      store(2);
      try (PartitionGroupPublisher second = instance("second", UnaryOperator.identity()).publisherOf(group)) {
        assertThatThrownBy(first::step).satisfiesAnyOf(
            e -> assertThat(e).isInstanceOf(ProducerFencedException.class),
            e -> assertThat(e).isInstanceOf(InvalidProducerEpochException.class));
        assertThat(second.step()).isTrue();
        assertThat(second.step()).isFalse();
      }
    }
    assertAllOnce();
  }

  /** The instance pauses after all sends and before the commit. */
  @Test
  void an_instance_paused_before_its_commit_publishes_nothing_after_it_resumes() {
    store(3);
    try (PartitionGroupPublisher second = instance("second", UnaryOperator.identity()).publisherOf(group)) {
      assertThat(second.step()).isTrue();
    }
    store(4);
    Publication other = instance("other", UnaryOperator.identity());
    Publication sleeper = instance("sleeper", producer -> Commits.before(producer, () -> {
      try (PartitionGroupPublisher awake = other.publisherOf(group)) {
        assertThat(awake.step()).isTrue();
      }
    }));
    try (PartitionGroupPublisher asleep = sleeper.publisherOf(group)) {
      assertThatThrownBy(asleep::step).isInstanceOf(RuntimeException.class);
    }
    assertAllOnce();
  }

  /** A failed commit may have happened: the next publisher reads the position from Kafka. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_commit_with_an_unknown_outcome_is_not_repeated_unchecked(boolean happens) {
    AtomicInteger commits = new AtomicInteger();
    Publication instance = instance("unlucky", producer -> Commits.failing(producer, happens, () -> {
      if (commits.incrementAndGet() % 2 == 1) {
        throw new TimeoutException("no answer");
      }
    }));
    try (AccountEventPublisher publisher = instance.publisher()) {
      publisher.start(() -> true);
      for (int round = 0; round < 5; round++) {
        store(3);
        await().atMost(PATIENCE).until(() -> stored() == feed.published().size());
      }
    }
    assertThat(commits.get()).as("every second commit fails").isGreaterThanOrEqualTo(5);
    assertAllOnce();
  }

  @Test
  void two_running_instances_publish_each_event_once_and_either_may_stop() {
    try (AccountEventPublisher two = instance("two", UnaryOperator.identity()).publisher()) {
      try (AccountEventPublisher one = instance("one", UnaryOperator.identity()).publisher()) {
        one.start(() -> true);
        store(3);
        two.start(() -> true);
        store(3);
        await().atMost(PATIENCE).until(() -> stored() == feed.published().size());
      }
      store(3);
      await().atMost(PATIENCE).until(() -> stored() == feed.published().size());
    }
    assertAllOnce();
  }

  @Test
  void records_from_memory_equal_those_from_the_store() {
    List<List<Object>> fromMemory = new ArrayList<>();
    try (PartitionGroupPublisher publisher =
        instance("memory", producer -> Commits.recorded(producer, sent -> fromMemory.add(Commits.visible(sent))),
            store.committed()).publisherOf(group)) {
      store(3);
      rename("account_event", "hidden_event");
      assertThat(publisher.step()).isTrue();
      rename("hidden_event", "account_event");
    }
    Servers.freshTopics(PARTITIONS.count());
    List<List<Object>> fromStore = new ArrayList<>();
    try (PartitionGroupPublisher publisher =
        instance("store", producer -> Commits.recorded(producer, sent -> fromStore.add(Commits.visible(sent))))
            .publisherOf(group)) {
      assertThat(publisher.step()).isTrue();
    }
    assertThat(fromMemory).isNotEmpty().isEqualTo(fromStore);
  }

  @Test
  void events_that_memory_lacks_are_read_from_the_store() {
    try (CommandFixture other = CommandFixture.on(database, PARTITIONS.count());
        PartitionGroupPublisher publisher =
            instance("gap", UnaryOperator.identity(), store.committed()).publisherOf(group)) {
      store(store, 2);
      store(other, 3);
      store.reset();
      store(store, 1);
      assertThat(publisher.step()).isTrue();
      assertThat(feed.published()).hasSizeLessThan((int) stored());
      assertThat(publisher.step()).isTrue();
      assertThat(publisher.step()).isFalse();
    }
    assertAllOnce();
  }

  /** A poll of the intake is one unit of work: one signal, and all of it in one transaction. */
  @Test
  void the_events_of_a_poll_are_one_signal_and_one_transaction_from_memory() {
    AtomicInteger commits = new AtomicInteger();
    try (PartitionGroupPublisher publisher = instance("whole",
        producer -> Commits.before(producer, commits::incrementAndGet), store.committed()).publisherOf(group)) {
      long signals = store.committed().count();
      store(3);
      assertThat(store.committed().count()).isEqualTo(signals + 1);
      rename("account_event", "hidden_event");
      assertThat(publisher.step()).isTrue();
      assertThat(publisher.step()).isFalse();
      rename("hidden_event", "account_event");
    }
    assertThat(commits).hasValue(1);
    assertAllOnce();
  }

  @Test
  void a_partition_whose_next_event_the_store_lacks_stops_no_other() {
    store(3);
    PublishProgress progress = new PublishProgress(Clock.systemUTC());
    store.administrator().sql("ALTER TABLE account_event DISABLE TRIGGER account_event_only_adds").update();
    store.administrator().sql("DELETE FROM account_event WHERE partition = 0 AND seq = 2").update();
    try (PartitionGroupPublisher publisher = Instances.of(store.jdbc(), "hole", UnaryOperator.identity(),
        new CommittedEvents(0), progress).publisherOf(group)) {
      assertThat(publisher.step()).isTrue();
      store(1);
      assertThat(publisher.step()).isTrue();
      assertThat(publisher.step()).isFalse();
    }
    assertThat(progress.troubles()).containsExactly(Map.entry(0, "partition 0: the event store has no seq 2"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(feed.published().stream()
        .collect(Collectors.groupingBy(AccountRecord::partition, Collectors.counting())))
        .isEqualTo(Map.of(0, 2L, 1, 1 + 2 * 4L)));
  }

  private void rename(String table, String name) {
    store.administrator().sql("ALTER TABLE " + table + " RENAME TO " + name).update();
  }

  private long stored() {
    return new EventTable(store.jdbc()).heads().values().stream().mapToLong(Long::longValue).sum();
  }
}
