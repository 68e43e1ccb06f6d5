package io.neuronledger.query.wiring;

import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.event.TopicShape;
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
 * Topics that exist in their shape: declared at the start; where Kafka is away then, by the consumers, which cannot
 * do without. KafkaAdmin would add partitions where some are missing, and so move every owner to another partition: the
 * number is looked at first.
 */
final class DeclaredTopics {
  private static final Logger log = LoggerFactory.getLogger(DeclaredTopics.class);
  private static final int PATIENCE_SECONDS = 5;

  private final KafkaAdmin kafka;
  private final Partitions partitions;
  private final int replicas;
  private final List<TopicShape> shapes;
  private boolean declared;

  /** @param replicas of a topic that is made here; −1 for what the broker says */
  DeclaredTopics(Map<String, Object> config, Partitions partitions, int replicas, String... names) {
    this.kafka = new KafkaAdmin(impatient(config));
    kafka.setAutoCreate(false);
    kafka.setModifyTopicConfigs(true);
    kafka.setOperationTimeout(PATIENCE_SECONDS);
    this.partitions = partitions;
    this.replicas = replicas;
    this.shapes = List.of(names).stream().map(TopicShape::of).toList();
  }

  /** A client that is closed waits for its calls: they must end soon where nobody answers. */
  private static Map<String, Object> impatient(Map<String, Object> config) {
    Map<String, Object> impatient = new HashMap<>(config);
    impatient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
    impatient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
    return impatient;
  }

  /** Kafka does not answer, or not yet; it may later. */
  static final class AwayException extends KafkaException {
    private static final long serialVersionUID = 1L;

    AwayException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Declares them, if Kafka answers.
   *
   * @throws IllegalStateException if a topic exists with another number of partitions: it is another deployment's
   */
  DeclaredTopics atStart() {
    try {
      require();
    } catch (AwayException e) {
      log.warn("Kafka does not answer: until it does, answers come from what has been read before", e);
    }
    return this;
  }

  /**
   * Creates what is absent, and puts the settings of what exists right. Safe to repeat.
   *
   * @throws KafkaException while Kafka is away
   * @throws IllegalStateException if a topic exists with another number of partitions
   */
  synchronized void require() {
    if (declared) {
      return;
    }
    try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
      Set<String> absent = absent(admin);
      kafka.createOrModifyTopics(shapes.stream().map(this::topic).toArray(NewTopic[]::new));
      Set<String> stillAbsent = absent.isEmpty() ? absent : absent(admin);
      if (!stillAbsent.isEmpty()) {
        throw new AwayException("not there yet: " + stillAbsent, new IllegalStateException("created, not yet known"));
      }
      declared = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while looking at the topics", e);
    }
  }

  private NewTopic topic(TopicShape shape) {
    return TopicBuilder.name(shape.name()).partitions(shape.count(partitions)).replicas(replicas)
        .configs(shape.settings())
        .build();
  }

  private Set<String> absent(Admin admin) throws InterruptedException {
    Set<String> absent = new HashSet<>();
    var described = admin.describeTopics(shapes.stream().map(TopicShape::name).toList()).topicNameValues();
    for (TopicShape shape : shapes) {
      try {
        requirePartitions(shape, Optional.ofNullable(described.get(shape.name())).orElseThrow()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS).partitions().size());
      } catch (TimeoutException e) {
        throw new AwayException("no answer about " + shape.name(), e);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e.getCause() instanceof RetriableException away
              ? new AwayException("no answer about " + shape.name(), away)
              : new KafkaException("cannot look at " + shape.name(), e.getCause());
        }
        absent.add(shape.name());
      }
    }
    return absent;
  }

  private void requirePartitions(TopicShape shape, int found) {
    if (!shape.allows(found, partitions)) {
      throw new IllegalStateException("topic " + shape.name() + " has " + found + " partitions, configured are "
          + partitions.count() + " partitions: the number is fixed for a deployment");
    }
  }
}
