package io.neuronledger.indexer.publish;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the indexer's missing topics, and checks the existing ones. */
public final class TopicDeclaration {
  private static final Logger log = LoggerFactory.getLogger(TopicDeclaration.class);

  private static final Duration CREATE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private TopicDeclaration() {}

  /**
   * Safe to repeat, also by several instances at once.
   *
   * @throws IllegalStateException if a topic exists with another number of partitions
   */
  public static void declare(KafkaAccess kafka, Destination destination, int partitions) {
    Map<String, NewTopic> topics = Map.of(
        destination.events(),
            topic(destination.events(), TopicShape.of(Topics.CHAIN_EVENTS), new Partitions(partitions)),
        destination.state(),
            topic(destination.state(), TopicShape.of(Topics.INDEXER_STATE), new Partitions(partitions)),
        destination.reports(),
            topic(destination.reports(), TopicShape.of(Topics.FOLLOWING), new Partitions(partitions)));
    try (Admin admin = kafka.admin()) {
      create(admin, topics.values());
      for (TopicDescription found : describe(admin, topics.keySet())) {
        checkPartitions(found, Objects.requireNonNull(topics.get(found.name())));
      }
      align(admin, topics);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while declaring topics", e);
    } catch (ExecutionException e) {
      throw new KafkaException("cannot declare the topics: " + e.getMessage(), e);
    }
  }

  /** Retries while the answering broker does not know yet which topics the controller has just created. */
  private static Collection<TopicDescription> describe(Admin admin, Collection<String> names)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + CREATE_TIMEOUT.toNanos();
    while (true) {
      try {
        return admin.describeTopics(names).allTopicNames().get().values();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(POLL_INTERVAL.toNanos());
      }
    }
  }

  /** Uses the broker's default number of replicas. */
  private static NewTopic topic(String name, TopicShape shape, Partitions partitions) {
    return new NewTopic(name, Optional.of(shape.count(partitions)), Optional.empty()).configs(shape.settings());
  }

  private static void create(Admin admin, Collection<NewTopic> topics) throws InterruptedException, ExecutionException {
    for (var created : admin.createTopics(topics).values().entrySet()) {
      try {
        created.getValue().get();
        log.info("created the topic {}", created.getKey());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  private static void checkPartitions(TopicDescription found, NewTopic wanted) {
    if (found.partitions().size() != wanted.numPartitions()) {
      throw new IllegalStateException("The topic " + found.name() + " has " + found.partitions().size()
          + " partitions, but NEURON_LEDGER_PARTITIONS is " + wanted.numPartitions()
          + ". The number is fixed for a deployment: start with the existing number, or with another Kafka.");
    }
  }

  /** Sets the retention settings again if they were changed: they must not delete data. */
  private static void align(Admin admin, Map<String, NewTopic> topics) throws InterruptedException, ExecutionException {
    List<ConfigResource> names = topics.keySet().stream()
        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (Map.Entry<ConfigResource, Config> found : admin.describeConfigs(names).all().get().entrySet()) {
      List<AlterConfigOp> operations = new ArrayList<>();
      Objects.requireNonNull(topics.get(found.getKey().name())).configs().forEach((key, value) -> {
        ConfigEntry now = found.getValue().get(key);
        if (now == null || !value.equals(now.value())) {
          operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
        }
      });
      if (!operations.isEmpty()) {
        log.warn("the settings of the topic {} are corrected: {}", found.getKey().name(), operations);
        changes.put(found.getKey(), operations);
      }
    }
    if (!changes.isEmpty()) {
      admin.incrementalAlterConfigs(changes).all().get();
    }
  }
}
