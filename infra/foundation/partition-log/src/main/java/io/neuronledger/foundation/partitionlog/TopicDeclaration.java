package io.neuronledger.foundation.partitionlog;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.TopicShape.PartitionRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Declares the topics of a service: refuses one with another number of partitions, creates the missing ones, and sets
 * changed settings of those that the service writes again, because they must not delete data. Never adds partitions,
 * which would move owners to others. Safe to repeat, also by several services at once.
 */
public final class TopicDeclaration {
  /** The broker's own replication factor. */
  public static final int REPLICAS_DEFAULT = -1;

  private static final Logger log = LoggerFactory.getLogger(TopicDeclaration.class);
  /** Short, because every caller tries again, and a service may start while Kafka is unavailable. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final KafkaClients kafka;
  private final List<TopicShape> written;
  private final List<TopicShape> shapes;
  private final Partitions partitions;
  private final int replicas;
  /** How many calls of {@link #ready} have looked. */
  private final AtomicLong looks = new AtomicLong();
  private volatile Optional<String> trouble = Optional.of("not checked yet");

  /**
   * @param written the topics that the service writes; only their settings are changed
   * @param read the topics that it only reads
   * @param replicas of a topic that is created here; or {@link #REPLICAS_DEFAULT}
   */
  public TopicDeclaration(KafkaClients kafka, List<TopicShape> written, List<TopicShape> read, Partitions partitions,
      int replicas) {
    this.kafka = kafka;
    this.written = List.copyOf(written);
    this.shapes = Stream.concat(written.stream(), read.stream()).toList();
    this.partitions = partitions;
    this.replicas = replicas;
  }

  /**
   * Whether the topics exist as declared. Declares them if not; call it again until it returns true. Of several threads
   * one looks at a time, and those that have waited for it take its result: while Kafka is unavailable, a service with
   * many threads does not wait for each in turn, neither to answer nor to stop.
   */
  public boolean ready() {
    long before = looks.get();
    synchronized (this) {
      if (looks.get() == before) {
        look();
      }
    }
    return trouble.isEmpty();
  }

  private void look() {
    try {
      require();
    } catch (KafkaException | IllegalStateException e) {
      String why = String.valueOf(e.getMessage());
      trouble = Optional.of(why);
      log.warn("waiting for the topics: {}", why, e);
    } finally {
      var _ = looks.incrementAndGet();
    }
  }

  /** Why the topics are not ready; empty once they are. */
  public Optional<String> trouble() {
    return trouble;
  }

  /**
   * Declares the topics, unless that has been done.
   *
   * @throws KafkaException while Kafka is unavailable; its cause is then retriable
   * @throws IllegalStateException if a topic exists with another number of partitions
   */
  public synchronized void require() {
    if (trouble.isEmpty()) {
      return;
    }
    try (Admin admin = kafka.admin(TIMEOUT)) {
      Set<String> existing = existing(admin);
      create(admin, shapes.stream().filter(shape -> !existing.contains(shape.name())).toList());
      align(admin, written.stream()
          .filter(shape -> existing.contains(shape.name()) && shape.rule() != PartitionRule.ANY).toList());
      trouble = Optional.empty();
    } catch (InterruptedException e) {
      throw new InterruptException("interrupted while declaring the topics", e);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new KafkaException("cannot declare the topics: " + cause.getMessage(), cause);
    }
  }

  /** @throws IllegalStateException if a topic exists with another number of partitions */
  private Set<String> existing(Admin admin) throws ExecutionException, InterruptedException {
    Set<String> existing = new HashSet<>();
    var described = admin.describeTopics(shapes.stream().map(TopicShape::name).toList()).topicNameValues();
    for (TopicShape shape : shapes) {
      try {
        check(shape, Objects.requireNonNull(described.get(shape.name())).get().partitions().size());
        existing.add(shape.name());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return existing;
  }

  private void check(TopicShape shape, int found) {
    if (!shape.allows(found, partitions)) {
      throw new IllegalStateException("the topic " + shape.name() + " has " + found + " partitions, but "
          + "NEURON_LEDGER_PARTITIONS requires " + shape.count(partitions)
          + ": the number is fixed for a deployment. Start with the topic's number, or with a different Kafka");
    }
  }

  private void create(Admin admin, List<TopicShape> missing) throws ExecutionException, InterruptedException {
    List<NewTopic> topics = missing.stream().map(shape ->
        new NewTopic(shape.name(), shape.count(partitions), (short) replicas).configs(shape.settings())).toList();
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
    if (!missing.isEmpty()) {
      awaitKnown(admin);
    }
  }

  /** Waits while the answering broker does not know yet which topics the controller has just created. */
  private void awaitKnown(Admin admin) throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (existing(admin).size() < shapes.size()) {
      if (System.nanoTime() > deadline) {
        throw new ExecutionException(new UnknownTopicOrPartitionException("created, but not known to every broker"));
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  private static void align(Admin admin, List<TopicShape> existing) throws ExecutionException, InterruptedException {
    var found = admin.describeConfigs(existing.stream().map(TopicDeclaration::resource).toList()).all().get();
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (TopicShape shape : existing) {
      List<AlterConfigOp> operations = new ArrayList<>();
      shape.settings().forEach((key, value) -> {
        ConfigEntry now = Objects.requireNonNull(found.get(resource(shape))).get(key);
        if (now == null || !value.equals(now.value())) {
          operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
        }
      });
      if (!operations.isEmpty()) {
        log.warn("the settings of the topic {} are corrected: {}", shape.name(), operations);
        changes.put(resource(shape), operations);
      }
    }
    if (!changes.isEmpty()) {
      admin.incrementalAlterConfigs(changes).all().get();
    }
  }

  private static ConfigResource resource(TopicShape shape) {
    return new ConfigResource(ConfigResource.Type.TOPIC, shape.name());
  }
}
