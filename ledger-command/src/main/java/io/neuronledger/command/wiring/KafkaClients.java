package io.neuronledger.command.wiring;

import io.neuronledger.contracts.topic.TopicShape;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Creates the Kafka clients, with the settings that exactly-once processing requires. */
final class KafkaClients {
  private static final int SESSION_TIMEOUT_MS = 10_000;
  private static final int HEARTBEAT_MS = 2_000;
  private static final int FETCH_BYTES_MAX = 8 << 20;
  private static final int BATCH_BYTES = 256 << 10;
  private static final int DELIVERY_TIMEOUT_MS = 30_000;
  private static final int REQUEST_TIMEOUT_MS = 10_000;
  private static final int TRANSACTION_TIMEOUT_MS = 60_000;

  private final CommandProperties properties;
  private final Map<String, Object> common = new HashMap<>();

  /** @throws UncheckedIOException if the file of client properties cannot be read */
  KafkaClients(CommandProperties properties) {
    this.properties = properties;
    properties.kafka().clientPropertiesFile().map(Path::of).ifPresent(this::load);
    common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, properties.kafka().bootstrapServers());
  }

  private void load(Path file) {
    Properties loaded = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      loaded.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    loaded.stringPropertyNames().forEach(name -> common.put(name, loaded.getProperty(name)));
  }

  Map<String, Object> adminConfig() {
    return common();
  }

  /**
   * A consumer of committed chain events; it starts at the position of a seek, never at one of the group or a default.
   */
  Consumer<byte[], byte[]> chainEvents() {
    Map<String, Object> config = reader();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, properties.intake().group());
    config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.intake().pollRecordsMax());
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_MAX);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    return new KafkaConsumer<>(config);
  }

  /** The configuration of the consumer of usage reports; without a group offset it starts at the earliest record. */
  Map<String, Object> usageReports() {
    Map<String, Object> config = reader();
    config.put(ConsumerConfig.GROUP_ID_CONFIG, properties.usage().group());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.usage().pollRecordsMax());
    return config;
  }

  /** A consumer of committed records without a group, for assigned partitions. */
  Consumer<byte[], byte[]> committed() {
    return new KafkaConsumer<>(reader());
  }

  private Map<String, Object> reader() {
    Map<String, Object> config = common();
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return config;
  }

  Producer<byte[], byte[]> transactional(String transactionalId) {
    Map<String, Object> config = inTransactions();
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return new KafkaProducer<>(config);
  }

  /** The configuration of a transactional producer, without its transactional id. */
  Map<String, Object> inTransactions() {
    Map<String, Object> config = writer();
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    return config;
  }

  Producer<byte[], byte[]> idempotent() {
    return new KafkaProducer<>(writer());
  }

  private Map<String, Object> writer() {
    Map<String, Object> config = common();
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicShape.RECORD_BYTES_MAX);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 10);
    return config;
  }

  private Map<String, Object> common() {
    return new HashMap<>(common);
  }
}
