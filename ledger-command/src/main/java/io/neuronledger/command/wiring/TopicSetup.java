package io.neuronledger.command.wiring;

import io.neuronledger.contracts.event.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Declares the topics this service reads and writes, and checks that they have the deployment's lanes. */
final class TopicSetup {
  private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);
  private static final int TIMEOUT_SECONDS = 20;
  private static final Map<String, String> KEPT_FOR_EVER =
      Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1", TopicConfig.RETENTION_BYTES_CONFIG, "-1");
  private static final Map<String, String> LATEST_KEPT = Map.of(TopicConfig.CLEANUP_POLICY_CONFIG,
      TopicConfig.CLEANUP_POLICY_COMPACT, TopicConfig.SEGMENT_MS_CONFIG, "3600000");

  private static final Map<String, String> KEPT_FOR_30_DAYS =
      Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(Duration.ofDays(30).toMillis()));

  private final KafkaClients clients;
  private final CommandProperties properties;
  private volatile boolean ready;

  TopicSetup(KafkaClients clients, CommandProperties properties) {
    this.clients = clients;
    this.properties = properties;
  }

  /** Whether all topics are there. Logs what is missing; to be asked again. */
  synchronized boolean ready() {
    if (ready) {
      return true;
    }
    try (Admin admin = clients.admin()) {
      for (NewTopic topic : topics()) {
        create(admin, topic);
      }
      for (NewTopic topic : topicsOfAnyPartitions()) {
        create(admin, topic);
      }
      List<String> names = topics().stream().map(NewTopic::name).toList();
      admin.describeTopics(names).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).values().forEach(this::check);
      ready = true;
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      log.warn("Waiting for the topics at {}: {}", properties.kafka().bootstrapServers(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ready;
  }

  private List<NewTopic> topics() {
    return List.of(
        topic(Topics.CHAIN_EVENTS, KEPT_FOR_EVER),
        topic(Topics.ACCOUNT_EVENTS, KEPT_FOR_EVER),
        topic(Topics.PUBLISHED_POSITIONS, LATEST_KEPT),
        topic(Topics.CHAIN_EVENTS_DEAD, KEPT_FOR_EVER));
  }

  /** Whoever writes to them partitions as they like, so their number of partitions is theirs too. */
  private List<NewTopic> topicsOfAnyPartitions() {
    return List.of(topic(Topics.USAGE_REPORTS, KEPT_FOR_30_DAYS), topic(Topics.USAGE_REJECTS, KEPT_FOR_30_DAYS));
  }

  private NewTopic topic(String name, Map<String, String> config) {
    return new NewTopic(name, properties.lanes(), properties.kafka().replicationFactor()).configs(config);
  }

  private static void create(Admin admin, NewTopic topic)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      log.info("Created {} with {} partitions", topic.name(), topic.numPartitions());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private void check(TopicDescription topic) {
    int partitions = topic.partitions().size();
    if (partitions != properties.lanes()) {
      throw new IllegalStateException(topic.name() + " has " + partitions + " partitions, and neuron-ledger.lanes says "
          + properties.lanes() + ": the number is fixed for a deployment");
    }
  }
}
