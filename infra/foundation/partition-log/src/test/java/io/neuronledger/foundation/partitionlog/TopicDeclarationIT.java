package io.neuronledger.foundation.partitionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.TopicShape.PartitionRule;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.testkit.servers.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicDeclarationIT {
  private static final Partitions PARTITIONS = new Partitions(3);
  private static final int THREADS = 8;
  private static final Map<String, Object> CONFIG = Map.of("bootstrap.servers", TestKafka.bootstrapServers());

  private final Admin admin = Admin.create(CONFIG);
  private final String name = "topic-declaration-it-" + UUID.randomUUID();

  @AfterEach
  void stop() {
    admin.close();
  }

  private static TopicDeclaration declaration(TopicShape... shapes) {
    return new TopicDeclaration(KafkaClients.of(CONFIG, KafkaClients.SESSION_TIMEOUT_MIN), List.of(shapes), List.of(),
        PARTITIONS, TopicDeclaration.REPLICAS_DEFAULT);
  }

  private TopicShape like(String topic, PartitionRule partitions) {
    return new TopicShape(name, partitions, TopicShape.of(topic).settings());
  }

  private void exists(int partitions, Map<String, String> settings) throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings))).all().get();
  }

  private int partitions() throws ExecutionException, InterruptedException {
    return Objects.requireNonNull(admin.describeTopics(List.of(name)).allTopicNames().get().get(name)).partitions()
        .size();
  }

  private String setting(String key) throws ExecutionException, InterruptedException {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    return Objects.requireNonNull(admin.describeConfigs(List.of(topic)).all().get().get(topic)).get(key).value();
  }

  @Test
  void a_missing_topic_is_created_as_declared() throws Exception {
    TopicDeclaration topics = declaration(like(Topics.ACCOUNT_EVENTS, PartitionRule.DEPLOYMENT));
    assertThat(topics.trouble()).isPresent();
    await().atMost(Duration.ofSeconds(20)).until(topics::ready);
    assertThat(topics.trouble()).isEmpty();
    assertThat(partitions()).isEqualTo(3);
    assertThat(setting("retention.ms")).isEqualTo("-1");
  }

  /** Neither fewer nor more: KafkaAdmin would add partitions, and owners would change theirs. */
  @Test
  void a_different_number_of_partitions_is_refused_and_not_changed() throws Exception {
    exists(2, Map.of());
    TopicDeclaration topics = declaration(like(Topics.CHAIN_EVENTS, PartitionRule.DEPLOYMENT));
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
      assertThat(topics.ready()).isFalse();
      assertThat(topics.trouble().orElseThrow()).contains(name + " has 2 partitions")
          .contains("NEURON_LEDGER_PARTITIONS requires 3");
    });
    assertThat(partitions()).isEqualTo(2);

    TopicDeclaration single = declaration(like(Topics.INDEXER_STATE, PartitionRule.ONE));
    assertThat(single.ready()).isFalse();
    assertThat(single.trouble().orElseThrow()).contains("requires 1");
  }

  @Test
  void settings_that_would_delete_events_are_corrected() throws Exception {
    exists(3, Map.of("retention.ms", "60000"));
    TopicDeclaration topics = declaration(like(Topics.ACCOUNT_EVENTS, PartitionRule.DEPLOYMENT));
    await().atMost(Duration.ofSeconds(20)).until(topics::ready);
    await().atMost(Duration.ofSeconds(20)).until(() -> setting("retention.ms").equals("-1"));
  }

  /** Only the writer has the right to change a topic's settings. */
  @Test
  void the_settings_of_a_topic_that_is_only_read_are_not_changed() throws Exception {
    exists(3, Map.of("retention.ms", "60000"));
    TopicDeclaration topics = new TopicDeclaration(KafkaClients.of(CONFIG, KafkaClients.SESSION_TIMEOUT_MIN), List.of(),
        List.of(like(Topics.ACCOUNT_EVENTS, PartitionRule.DEPLOYMENT)), PARTITIONS, TopicDeclaration.REPLICAS_DEFAULT);
    await().atMost(Duration.ofSeconds(20)).until(topics::ready);
    assertThat(setting("retention.ms")).isEqualTo("60000");
  }

  @Test
  void an_existing_topic_of_usage_reports_may_have_any_number_of_partitions() throws Exception {
    exists(1, Map.of("retention.ms", "60000"));
    TopicDeclaration topics = declaration(like(Topics.USAGE_REPORTS, PartitionRule.ANY));
    await().atMost(Duration.ofSeconds(20)).until(topics::ready);
    assertThat(partitions()).isEqualTo(1);
    assertThat(setting("retention.ms")).isEqualTo("60000");
  }

  @Test
  void without_an_answer_the_topics_are_not_ready_for_a_retriable_reason() {
    TopicDeclaration unreachable = new TopicDeclaration(
        KafkaClients.of(Map.of("bootstrap.servers", "127.0.0.1:1"), KafkaClients.SESSION_TIMEOUT_MIN),
        List.of(TopicShape.of(Topics.CHAIN_EVENTS)), List.of(), PARTITIONS, TopicDeclaration.REPLICAS_DEFAULT);
    assertThat(unreachable.ready()).isFalse();
    assertThat(unreachable.trouble()).isPresent();
    assertThatThrownBy(unreachable::require).isInstanceOf(KafkaException.class)
        .hasCauseInstanceOf(RetriableException.class);
  }

  /** Counts the clients that are made with it. */
  public static final class Made implements MetricsReporter {
    static final AtomicInteger CLIENTS = new AtomicInteger();

    @Override
    public void init(List<KafkaMetric> metrics) {
      var _ = CLIENTS.incrementAndGet();
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}

    @Override
    public void close() {}
  }

  @Test
  void threads_that_wait_for_one_that_looks_take_its_result() throws Exception {
    TopicDeclaration unreachable = new TopicDeclaration(
        KafkaClients.of(Map.of("bootstrap.servers", "127.0.0.1:1", "metric.reporters", Made.class.getName()),
            KafkaClients.SESSION_TIMEOUT_MIN),
        List.of(TopicShape.of(Topics.CHAIN_EVENTS)), List.of(), PARTITIONS, TopicDeclaration.REPLICAS_DEFAULT);
    int before = Made.CLIENTS.get();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Boolean>> ready = IntStream.range(0, THREADS).mapToObj(_ -> threads.submit(unreachable::ready))
          .toList();
      for (Future<Boolean> each : ready) {
        assertThat(each.get()).isFalse();
      }
    }
    assertThat(Made.CLIENTS.get() - before).as("a thread that has begun late looks again").isBetween(1, THREADS / 2);
  }
}
