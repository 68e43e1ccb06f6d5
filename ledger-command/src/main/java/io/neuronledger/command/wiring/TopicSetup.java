package io.neuronledger.command.wiring;

import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.event.TopicShape;
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
 * Declares topics through {@link KafkaAdmin}: makes those that are absent, gives those that exist the settings they
 * must have, and refuses those that have another number of partitions. KafkaAdmin by itself would add partitions, and
 * so move every owner to another partition.
 */
final class TopicSetup {
  private static final Logger log = LoggerFactory.getLogger(TopicSetup.class);
  private static final int TIMEOUT_SECONDS = 20;

  private final KafkaAdmin kafka;
  private final List<TopicShape> shapes;
  private final Partitions partitions;
  private final int replicas;
  private Optional<String> trouble = Optional.of("not looked at yet");

  /** @param replicas of a topic that is made here; −1 for what the broker says */
  TopicSetup(KafkaAdmin kafka, List<TopicShape> shapes, Partitions partitions, int replicas) {
    this.kafka = kafka;
    this.shapes = shapes;
    this.partitions = partitions;
    this.replicas = replicas;
  }

  /** Whether all topics are there, as they must be. Does what is needed for it; to be asked again. */
  synchronized boolean ready() {
    if (trouble.isEmpty()) {
      return true;
    }
    try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
      Set<String> absent = check(admin);
      kafka.createOrModifyTopics(shapes.stream()
          .filter(shape -> shape.rule() != TopicShape.PartitionRule.ANY || absent.contains(shape.name()))
          .map(this::declared).toArray(NewTopic[]::new));
      Set<String> stillAbsent = check(admin);
      trouble = stillAbsent.isEmpty() ? Optional.empty() : Optional.of("not there yet: " + stillAbsent);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      trouble = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
      log.warn("Waiting for the topics: {}", trouble.get(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return trouble.isEmpty();
  }

  /** Why not, for people; empty when all is well. */
  synchronized Optional<String> trouble() {
    return trouble;
  }

  private NewTopic declared(TopicShape shape) {
    return TopicBuilder.name(shape.name()).partitions(shape.count(partitions)).replicas(replicas)
        .configs(shape.settings())
        .build();
  }

  /**
   * @return the topics that are not there
   * @throws IllegalStateException if one is there in another form
   */
  private Set<String> check(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
    Set<String> absent = new HashSet<>();
    var described = admin.describeTopics(shapes.stream().map(TopicShape::name).toList()).topicNameValues();
    for (TopicShape shape : shapes) {
      var future = Optional.ofNullable(described.get(shape.name())).orElseThrow();
      try {
        check(shape, future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS).partitions().size());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        absent.add(shape.name());
      }
    }
    return absent;
  }

  private void check(TopicShape shape, int found) {
    if (!shape.allows(found, partitions)) {
      throw new IllegalStateException("the topic " + shape.name() + " has " + found + " partitions, and "
          + "NEURON_LEDGER_PARTITIONS asks for " + shape.count(partitions)
              + ": the number is fixed for a deployment. Start with the"
          + " number it has, or with another Kafka");
    }
  }

  /** The configuration that {@link KafkaAdmin} needs to be used so: asked explicitly, and failing aloud. */
  static KafkaAdmin admin(Map<String, Object> config) {
    KafkaAdmin admin = new KafkaAdmin(config);
    admin.setAutoCreate(false);
    admin.setModifyTopicConfigs(true);
    admin.setOperationTimeout(TIMEOUT_SECONDS);
    return admin;
  }
}
