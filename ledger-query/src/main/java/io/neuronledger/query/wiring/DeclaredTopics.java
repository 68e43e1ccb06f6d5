package io.neuronledger.query.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Lane topics that exist with the right number of partitions, kept for ever. */
record DeclaredTopics(List<String> names) {
  private static final String FOR_EVER = "-1";
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
  private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(50);

  /**
   * Creates what is absent.
   *
   * @throws IllegalStateException if a topic exists with another number of partitions: it is another deployment's
   */
  static DeclaredTopics declare(Admin admin, int lanes, short replicationFactor, String... names) {
    for (String name : names) {
      create(admin, new NewTopic(name, Optional.of(lanes),
          replicationFactor < 0 ? Optional.empty() : Optional.of(replicationFactor)));
    }
    describe(admin, List.of(names)).forEach((name, topic) -> requireLanes(name, topic.partitions().size(), lanes));
    return new DeclaredTopics(List.of(names));
  }

  /** Asks again while the broker that answers has not yet heard of what the controller has just created. */
  private static Map<String, TopicDescription> describe(Admin admin, List<String> names) {
    long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
    while (true) {
      try {
        return admin.describeTopics(names).allTopicNames().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
          throw new KafkaException("cannot look at the topics", e.getCause());
        }
        LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KafkaException("interrupted while looking at the topics", e);
      }
    }
  }

  private static void create(Admin admin, NewTopic topic) {
    try {
      admin.createTopics(List.of(topic.configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER,
          TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER)))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException("cannot create topic " + topic.name(), e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while creating topic " + topic.name(), e);
    }
  }

  private static void requireLanes(String name, int partitions, int lanes) {
    if (partitions != lanes) {
      throw new IllegalStateException("topic " + name + " has " + partitions + " partitions, configured are "
          + lanes + " lanes: the number is fixed for a deployment");
    }
  }
}
