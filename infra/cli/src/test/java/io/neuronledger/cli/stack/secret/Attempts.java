package io.neuronledger.cli.stack.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.neuronledger.contracts.topic.TopicAccess.Operation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Attempts of one principal at a broker. Each returns whether it was allowed; any other failure is an exception. */
final class Attempts implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int POLLS_MAX = 100;

  private final Map<String, Object> properties;
  private final Admin admin;

  /** @param properties of the principal's clients */
  Attempts(Map<String, Object> properties) {
    this.properties = Map.copyOf(properties);
    this.admin = Admin.create(properties);
  }

  @FunctionalInterface
  interface Attempt {
    void run() throws Exception;
  }

  /** Whether the broker allows what is attempted; only an authorization error counts as a refusal. */
  static boolean isAllowed(Attempt attempt) throws Exception {
    try {
      attempt.run();
      return true;
    } catch (AuthorizationException refused) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return false;
      }
      throw e;
    }
  }

  Admin admin() {
    return admin;
  }

  /** Whether an operation on a topic of one partition, with a record, is allowed. */
  boolean isAllowed(Operation operation, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return isAllowed(switch (operation) {
      case READ -> () -> read(topic);
      case WRITE -> () -> write(topic);
      case CREATE -> () -> create(topic);
      case DESCRIBE -> () -> admin.describeTopics(List.of(topic)).allTopicNames().get();
      case DESCRIBE_CONFIGS -> () -> admin.describeConfigs(List.of(resource)).all().get();
      case ALTER_CONFIGS -> () -> admin.incrementalAlterConfigs(Map.of(resource, List.of(new AlterConfigOp(
          new ConfigEntry("min.insync.replicas", "1"), AlterConfigOp.OpType.SET)))).all().get();
      case ALTER -> () -> admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)),
          new CreatePartitionsOptions().validateOnly(true)).all().get();
      case DELETE -> () -> {
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(0))).all().get();
        admin.deleteTopics(List.of(topic)).all().get();
      };
    });
  }

  private void read(String topic) {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, 0);
      for (int polls = 0; consumer.poll(POLL).isEmpty(); polls++) {
        if (polls == POLLS_MAX) {
          throw new IllegalStateException("the record of " + topic + " does not come");
        }
      }
    }
  }

  /** Without idempotence, so that the topic's rule alone decides. */
  private void write(String topic) throws Exception {
    send(topic, Map.of("enable.idempotence", false));
  }

  /** As services write. */
  void writeIdempotently(String topic) throws Exception {
    send(topic, Map.of());
  }

  private void send(String topic, Map<String, Object> more) throws Exception {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.putAll(more);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, 0, "key".getBytes(UTF_8), "value".getBytes(UTF_8))).get();
    }
  }

  private void create(String topic) throws Exception {
    try {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  /** Whether a member of that group may commit an offset of a topic that the principal reads. */
  boolean mayJoin(String group, String topic) throws Exception {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put("group.id", group);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return isAllowed(() ->
          consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0))));
    }
  }

  /** Whether a producer with that transactional id may begin. */
  boolean mayTransact(String transactionalId) throws Exception {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put("transactional.id", transactionalId);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      return isAllowed(producer::initTransactions);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
