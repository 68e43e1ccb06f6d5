package io.neuronledger.command.wiring;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Declares topics through {@link KafkaAdmin}: creates missing topics, applies the required settings to existing ones,
 * and refuses those with a different number of partitions. KafkaAdmin alone would add partitions, and so move owners to
 * other partitions.
 */
final class TopicSetup {
  private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);
  private static final int TIMEOUT_SECONDS = 20;

  private final KafkaAdmin kafka;
  private final List<TopicShape> shapes;
  private final Partitions partitions;
  private final int replicas;
  private Optional<String> trouble = Optional.of("not checked yet");

  /** @param replicas of a topic that is created here; −1 for the broker's default */
  TopicSetup(KafkaAdmin kafka, List<TopicShape> shapes, Partitions partitions, int replicas) {
    this.kafka = kafka;
    this.shapes = shapes;
    this.partitions = partitions;
    this.replicas = replicas;
  }

  /** Whether all topics exist as declared. Creates and configures them if not; call it again until it returns true. */
  synchronized boolean ready() {
    if (trouble.isEmpty()) {
      return true;
    }
    try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
      Set<String> missing = check(admin);
      kafka.createOrModifyTopics(shapes.stream()
          .filter(shape -> shape.rule() != TopicShape.PartitionRule.ANY || missing.contains(shape.name()))
          .map(this::declared).toArray(NewTopic[]::new));
      Set<String> stillMissing = check(admin);
      trouble = stillMissing.isEmpty() ? Optional.empty() : Optional.of("missing topics: " + stillMissing);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      trouble = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
      log.warn("Waiting for the topics: {}", trouble.get(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return trouble.isEmpty();
  }

  /** Why the topics are not ready; empty once they are. */
  synchronized Optional<String> trouble() {
    return trouble;
  }

  private NewTopic declared(TopicShape shape) {
    return TopicBuilder.name(shape.name()).partitions(shape.count(partitions)).replicas(replicas)
        .configs(shape.settings())
        .build();
  }

  /**
   * @return the missing topics
   * @throws IllegalStateException if a topic has a different number of partitions
   */
  private Set<String> check(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
    Set<String> missing = new HashSet<>();
    var described = admin.describeTopics(shapes.stream().map(TopicShape::name).toList()).topicNameValues();
    for (TopicShape shape : shapes) {
      var future = Optional.ofNullable(described.get(shape.name())).orElseThrow();
      try {
        check(shape, future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS).partitions().size());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        missing.add(shape.name());
      }
    }
    return missing;
  }

  private void check(TopicShape shape, int found) {
    if (!shape.allows(found, partitions)) {
      throw new IllegalStateException("the topic " + shape.name() + " has " + found + " partitions, but "
          + "NEURON_LEDGER_PARTITIONS requires " + shape.count(partitions)
          + ": the number is fixed for a deployment. Start with the topic's number, or with a different Kafka");
    }
  }

  /** A {@link KafkaAdmin} that acts only when called and throws on failure. */
  static KafkaAdmin admin(Map<String, Object> config) {
    KafkaAdmin admin = new KafkaAdmin(config);
    admin.setAutoCreate(false);
    admin.setModifyTopicConfigs(true);
    admin.setOperationTimeout(TIMEOUT_SECONDS);
    return admin;
  }
}
