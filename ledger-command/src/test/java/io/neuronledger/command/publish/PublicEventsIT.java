package io.neuronledger.command.publish;

import static io.neuronledger.command.fixture.Script.deposit;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The topic of owners' events is that of account events without partition events, with numbers of its own. */
class PublicEventsIT {
  private static final Partitions PARTITIONS = Instances.PARTITIONS;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int POLLS_MAX = 100;

  private final String database = Servers.freshSchema();
  private final ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
  private final PartitionGroup group = PartitionGroup.of(PARTITIONS).getFirst();

  /** The owner's event in a record, and its key. */
  private record Owned(String key, JsonNode event) {}

  @BeforeEach
  void freshTopics() {
    Servers.freshTopics(PARTITIONS.count());
  }

  /** Each instance publishes its own events from memory where it can, and its predecessor's from the store. */
  @Test
  void both_topics_have_the_same_owners_events_across_a_restart_and_a_takeover() {
    runInstance("first", 1);
    runInstance("first", 1);
    runInstance("second", 0);
    await().atMost(PATIENCE).untilAsserted(() -> {
      assertThat(published().values()).allMatch(events -> events.size() == 14);
      assertThat(published()).isEqualTo(ofOwners());
    });
  }

  @Test
  void a_replay_from_the_store_gives_the_same_records() {
    runInstance("first", 0);
    // Readers of what is committed may see it a moment after the commit.
    List<String> before = await().atMost(PATIENCE).until(PublicEventsIT::records, found -> found.size() == 8);
    Servers.freshTopics(PARTITIONS.count());
    try (CommandFixture store = CommandFixture.on(database, PARTITIONS.count());
        PartitionGroupPublisher publisher = Instances.of(store.jdbc(), "replay", UnaryOperator.identity(),
            new CommittedEvents(0), new PublishProgress(Clock.systemUTC())).publisherOf(group)) {
      publishAll(publisher);
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(records()).isEqualTo(before));
  }

  @Test
  void nothing_of_an_uncommitted_transaction_is_read() {
    try (CommandFixture store = CommandFixture.on(database, PARTITIONS.count())) {
      record(store, 1);
      Publication failing = Instances.of(store.jdbc(), "failing", producer -> Commits.before(producer, () -> {
        producer.flush();
        throw new IllegalStateException("stopped before the commit");
      }), new CommittedEvents(0), new PublishProgress(Clock.systemUTC()));
      try (PartitionGroupPublisher publisher = failing.publisherOf(group)) {
        assertThat(catchThrowable(publisher::step)).isNotNull();
      }
      assertThat(records()).isEmpty();
      try (PartitionGroupPublisher publisher = Instances.of(store.jdbc(), "next", UnaryOperator.identity(),
          new CommittedEvents(0), new PublishProgress(Clock.systemUTC())).publisherOf(group)) {
        publishAll(publisher);
      }
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(records()).hasSize(2));
    assertThat(published()).isEqualTo(ofOwners());
  }

  /** @param unpublished the blocks that remain for the next instance */
  private void runInstance(String name, int unpublished) {
    try (CommandFixture store = CommandFixture.on(database, PARTITIONS.count())) {
      record(store, 2);
      try (PartitionGroupPublisher publisher = Instances.of(store.jdbc(), name, UnaryOperator.identity(),
          store.committed(), new PublishProgress(Clock.systemUTC())).publisherOf(group)) {
        record(store, 2);
        publishAll(publisher);
      }
      record(store, unpublished);
    }
  }

  private static void publishAll(PartitionGroupPublisher publisher) {
    boolean more = true;
    while (more) {
      more = publisher.step();
    }
  }

  private void record(CommandFixture store, int blocks) {
    for (int block = 0; block < blocks; block++) {
      chain.fact(deposit(Wallets.inPartition(PARTITIONS, 0, block), "1"))
          .fact(deposit(Wallets.inPartition(PARTITIONS, 1, block), "1")).seal();
    }
    store.record(chain.drain());
  }

  /** The internal topic's records with a key, by partition. */
  private static Map<Integer, List<Owned>> ofOwners() {
    Map<Integer, List<Owned>> events = new TreeMap<>();
    read(Topics.ACCOUNT_EVENTS).stream().filter(each -> each.key() != null).forEach(each -> add(events, each));
    return events;
  }

  /** The public topic's records, by partition; checks numbers and headers. */
  private static Map<Integer, List<Owned>> published() {
    Map<Integer, List<Owned>> events = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> each : read(Topics.PUBLIC_EVENTS)) {
      JsonNode value = TopicJson.MAPPER.readTree(each.value());
      int seq = events.getOrDefault(each.partition(), List.of()).size();
      assertThat(value.get("seq").asInt()).as("partition %d", each.partition()).isEqualTo(seq);
      assertThat(value.get("partition").asInt()).isEqualTo(each.partition());
      assertThat(value.propertyNames()).containsExactly("chain_id", "partition", "seq", "recorded_at", "event");
      assertThat(headers(each)).isEqualTo(new TreeMap<>(Map.of("ce_specversion", "1.0", "ce_id",
          each.partition() + "-" + seq, "ce_source", "/neuron-ledger/" + value.get("chain_id").asString(), "ce_type",
          value.at("/event/type").asString(), "ce_subject", value.at("/event/owner").asString(), "ce_time",
          value.get("recorded_at").asString(), "content-type", "application/json")));
      add(events, each);
    }
    return events;
  }

  private static void add(Map<Integer, List<Owned>> events, ConsumerRecord<byte[], byte[]> each) {
    events.computeIfAbsent(each.partition(), _ -> new ArrayList<>())
        .add(new Owned(new String(each.key(), UTF_8), TopicJson.MAPPER.readTree(each.value()).get("event")));
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> from) {
    Map<String, String> headers = new TreeMap<>();
    from.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return headers;
  }

  /** Each public record as one text: all that a subscriber sees of it. */
  private static List<String> records() {
    return read(Topics.PUBLIC_EVENTS).stream().map(each -> each.partition() + " " + new String(each.key(), UTF_8) + " "
        + headers(each) + " " + new String(each.value(), UTF_8)).sorted().toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<TopicPartition> all = IntStream.range(0, PARTITIONS.count())
        .mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    try (Consumer<byte[], byte[]> consumer = Instances.consumer()) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      for (int polls = 0; polls < POLLS_MAX
          && all.stream().anyMatch(each -> consumer.position(each) < Objects.requireNonNull(ends.get(each))); polls++) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
