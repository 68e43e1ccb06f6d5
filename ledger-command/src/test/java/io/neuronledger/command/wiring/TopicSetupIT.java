package io.neuronledger.command.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.event.TopicShape;
import io.neuronledger.contracts.event.TopicShape.PartitionRule;
import io.neuronledger.contracts.event.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicSetupIT {
  private static final Partitions PARTITIONS = new Partitions(3);
  private static final Map<String, Object> CONFIG = Map.of("bootstrap.servers", Servers.kafka());

  private final Admin admin = Admin.create(CONFIG);
  private final String name = "topic-setup-it-" + UUID.randomUUID();

  @AfterEach
  void stop() {
    admin.close();
  }

  private static TopicSetup setup(TopicShape... shapes) {
    return new TopicSetup(TopicSetup.admin(CONFIG), List.of(shapes), PARTITIONS, -1);
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
  void what_is_absent_is_made_in_its_shape() throws Exception {
    TopicSetup setup = setup(like(Topics.ACCOUNT_EVENTS, PartitionRule.DEPLOYMENT));
    assertThat(setup.trouble()).isPresent();
    await().atMost(Duration.ofSeconds(20)).until(setup::ready);
    assertThat(setup.trouble()).isEmpty();
    assertThat(partitions()).isEqualTo(3);
    assertThat(setting("retention.ms")).isEqualTo("-1");
  }

  /** Neither fewer nor more: KafkaAdmin would add what is missing, and every owner would change its partition. */
  @Test
  void another_number_of_partitions_is_refused_and_left_as_it_is() throws Exception {
    exists(2, Map.of());
    TopicSetup setup = setup(like(Topics.CHAIN_EVENTS, PartitionRule.DEPLOYMENT));
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
      assertThat(setup.ready()).isFalse();
      assertThat(setup.trouble().orElseThrow()).contains(name + " has 2 partitions")
          .contains("NEURON_LEDGER_PARTITIONS asks for 3");
    });
    assertThat(partitions()).isEqualTo(2);

    TopicSetup single = setup(like(Topics.INDEXER_STATE, PartitionRule.ONE));
    assertThat(single.ready()).isFalse();
    assertThat(single.trouble().orElseThrow()).contains("asks for 1");
  }

  @Test
  void what_would_make_events_disappear_is_put_right() throws Exception {
    exists(3, Map.of("retention.ms", "60000"));
    TopicSetup setup = setup(like(Topics.ACCOUNT_EVENTS, PartitionRule.DEPLOYMENT));
    await().atMost(Duration.ofSeconds(20)).until(setup::ready);
    await().atMost(Duration.ofSeconds(20)).until(() -> setting("retention.ms").equals("-1"));
  }

  @Test
  void whoever_writes_reports_has_made_the_topic_as_they_like() throws Exception {
    exists(1, Map.of("retention.ms", "60000"));
    TopicSetup setup = setup(like(Topics.USAGE_REPORTS, PartitionRule.ANY));
    await().atMost(Duration.ofSeconds(20)).until(setup::ready);
    assertThat(partitions()).isEqualTo(1);
    assertThat(setting("retention.ms")).isEqualTo("60000");
  }

  @Test
  void without_an_answer_it_says_so_and_is_asked_again() {
    TopicSetup nobody = new TopicSetup(TopicSetup.admin(Map.of("bootstrap.servers", "127.0.0.1:1",
        "default.api.timeout.ms", 500, "request.timeout.ms", 400)), List.of(TopicShape.of(Topics.CHAIN_EVENTS)),
            PARTITIONS, -1);
    assertThat(nobody.ready()).isFalse();
    assertThat(nobody.trouble()).isPresent();
  }
}
