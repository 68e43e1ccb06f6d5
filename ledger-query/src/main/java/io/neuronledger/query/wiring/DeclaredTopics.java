package io.neuronledger.query.wiring;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates the topics and applies their settings: at the start or, if Kafka is unavailable then, from the consumers
 * before they subscribe. KafkaAdmin would add missing partitions, and so move owners to other partitions; therefore the
 * number is checked first.
 */
final class DeclaredTopics {
  private static final Logger log = LoggerFactory.getLogger(DeclaredTopics.class);
  private static final int TIMEOUT_SECONDS = 5;

  private final KafkaAdmin kafka;
  private final Partitions partitions;
  private final int replicas;
  private final List<TopicShape> shapes;
  private boolean declared;

  /** @param replicas the replication factor of new topics; −1 for the broker's default */
  DeclaredTopics(Map<String, Object> config, Partitions partitions, int replicas, String... names) {
    this.kafka = new KafkaAdmin(withShortTimeouts(config));
    kafka.setAutoCreate(false);
    kafka.setModifyTopicConfigs(true);
    kafka.setOperationTimeout(TIMEOUT_SECONDS);
    this.partitions = partitions;
    this.replicas = replicas;
    this.shapes = List.of(names).stream().map(TopicShape::of).toList();
  }

  /** Closing a client waits for its calls, so they must time out soon if Kafka does not answer. */
  private static Map<String, Object> withShortTimeouts(Map<String, Object> config) {
    Map<String, Object> result = new HashMap<>(config);
    result.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1_000);
    result.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1_000);
    return result;
  }

  /** Kafka does not answer; a later attempt may succeed. */
  static final class UnavailableException extends KafkaException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Declares the topics if Kafka answers; otherwise logs a warning.
   *
   * @throws IllegalStateException if a topic exists with another number of partitions, and so belongs to another
   *     deployment
   */
  DeclaredTopics atStart() {
    try {
      require();
    } catch (UnavailableException e) {
      log.warn("Kafka does not answer: answers come from the records read before", e);
    }
    return this;
  }

  /**
   * Creates missing topics and corrects the settings of existing ones. Safe to repeat.
   *
   * @throws KafkaException while Kafka is unavailable
   * @throws IllegalStateException if a topic exists with another number of partitions
   */
  synchronized void require() {
    if (declared) {
      return;
    }
    try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
      Set<String> missing = missing(admin);
      kafka.createOrModifyTopics(shapes.stream().map(this::topic).toArray(NewTopic[]::new));
      Set<String> stillMissing = missing.isEmpty() ? missing : missing(admin);
      if (!stillMissing.isEmpty()) {
        throw new UnavailableException("topics do not exist yet: " + stillMissing,
            new IllegalStateException("created, not yet known"));
      }
      declared = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while checking the topics", e);
    }
  }

  private NewTopic topic(TopicShape shape) {
    return TopicBuilder.name(shape.name()).partitions(shape.count(partitions)).replicas(replicas)
        .configs(shape.settings())
        .build();
  }

  private Set<String> missing(Admin admin) throws InterruptedException {
    Set<String> missing = new HashSet<>();
    var described = admin.describeTopics(shapes.stream().map(TopicShape::name).toList()).topicNameValues();
    for (TopicShape shape : shapes) {
      try {
        requirePartitions(shape, Optional.ofNullable(described.get(shape.name())).orElseThrow()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS).partitions().size());
      } catch (TimeoutException e) {
        throw new UnavailableException("no answer about " + shape.name(), e);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e.getCause() instanceof RetriableException unavailable
              ? new UnavailableException("no answer about " + shape.name(), unavailable)
              : new KafkaException("cannot describe " + shape.name(), e.getCause());
        }
        missing.add(shape.name());
      }
    }
    return missing;
  }

  private void requirePartitions(TopicShape shape, int found) {
    if (!shape.allows(found, partitions)) {
      throw new IllegalStateException("topic " + shape.name() + " has " + found + " partitions, but "
          + partitions.count() + " partitions are configured: the number is fixed for a deployment");
    }
  }
}
