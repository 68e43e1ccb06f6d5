package io.neuronledger.foundation.partitionlog;

import io.neuronledger.contracts.topic.TopicShape;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Creates the Kafka clients of a service, each for one purpose, with the settings that exactly-once processing
 * requires.
 *
 * @param properties of every client: servers and security settings
 * @param deadline for every request to Kafka
 * @param sessionTimeout the time without a heartbeat after which a group gives a member's partitions to another one
 * @param compression of the records
 */
public record KafkaClients(Map<String, Object> properties, Duration deadline, Duration sessionTimeout,
    String compression) {
  /** The brokers' minimum. */
  public static final Duration SESSION_TIMEOUT_MIN = Duration.ofSeconds(6);

  private static final Duration DEADLINE = Duration.ofSeconds(30);
  /** Small enough for a transaction to end within milliseconds, large enough to compress well. */
  private static final int BATCH_BYTES = 256 << 10;
  /** Several of the largest records. */
  private static final int BUFFER_BYTES = 64 << 20;
  /** What one answer of a broker holds, for all partitions together: bounds a consumer's memory. */
  private static final int FETCH_BYTES_MAX = 32 << 20;
  /**
   * What one answer holds of one partition. A consumer hands out all of it before the next partition's: the less it is,
   * the more evenly partitions advance that have much to catch up. A larger record comes alone.
   */
  private static final int FETCH_PARTITION_BYTES_MAX = 256 << 10;
  /** A fetch that waits delays the partitions that were assigned, seeked or resumed meanwhile. */
  private static final int FETCH_WAIT_MS = 100;
  /** A heartbeat may be lost without the member being replaced. */
  private static final int HEARTBEATS_PER_SESSION = 4;
  /** Between two transactions the broker asks for a retry; Kafka's default of 100 ms would bound the rate. */
  private static final int RETRY_BACKOFF_MS = 10;

  public KafkaClients {
    properties = Map.copyOf(properties);
  }

  /** Clients with the project's deadline and compression. */
  public static KafkaClients of(Map<String, Object> properties, Duration sessionTimeout) {
    return new KafkaClients(properties, DEADLINE, sessionTimeout, "lz4");
  }

  /**
   * The properties of every client.
   *
   * @param file of Kafka client properties, such as the cluster's security settings
   * @param more override those of the file; {@code bootstrapServers} overrides both
   * @throws UncheckedIOException if the file cannot be read
   */
  public static Map<String, Object> properties(String bootstrapServers, Optional<String> file,
      Map<String, String> more) {
    Properties loaded = new Properties();
    file.map(Path::of).ifPresent(path -> {
      try (Reader reader = Files.newBufferedReader(path)) {
        loaded.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + path, e);
      }
    });
    Map<String, Object> properties = new HashMap<>();
    loaded.stringPropertyNames().forEach(name -> properties.put(name, loaded.getProperty(name)));
    properties.putAll(more);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return properties;
  }

  /**
   * Checks the setting of that name, which all services have.
   *
   * @throws IllegalArgumentException below the brokers' minimum
   */
  public static void requireSessionTimeout(Duration sessionTimeout) {
    if (sessionTimeout.compareTo(SESSION_TIMEOUT_MIN) < 0) {
      throw new IllegalArgumentException("NEURON_LEDGER_KAFKA_SESSION_TIMEOUT must be at least " + SESSION_TIMEOUT_MIN
          + ", the brokers' minimum, not " + sessionTimeout);
    }
  }

  public Admin admin() {
    return admin(deadline);
  }

  /** @param timeout of every request; closing the client waits for its requests */
  Admin admin(Duration timeout) {
    return Admin.create(settings(timeout));
  }

  /**
   * A group member that reads committed records. It starts at the position of a seek, never at an offset of the group
   * or a default.
   */
  public Consumer<byte[], byte[]> member(String group, int recordsMax) {
    return new KafkaConsumer<>(memberSettings(group, recordsMax, "none"));
  }

  /** The settings of a group member that starts at the group's offset, without one at the earliest record. */
  public Map<String, Object> listener(String group, int recordsMax) {
    return memberSettings(group, recordsMax, "earliest");
  }

  /** A group member that reads no records: its assignment decides which instance leads. */
  public Consumer<byte[], byte[]> candidate(String group) {
    return new KafkaConsumer<>(memberSettings(group, ConsumerConfig.DEFAULT_MAX_POLL_RECORDS, "latest"));
  }

  /** A consumer of committed records of assigned partitions, without a group. */
  public Consumer<byte[], byte[]> reader() {
    return reader(ConsumerConfig.DEFAULT_MAX_POLL_RECORDS);
  }

  /** The same, with at most {@code recordsMax} records per poll. */
  public Consumer<byte[], byte[]> reader(int recordsMax) {
    return new KafkaConsumer<>(readerSettings(recordsMax, "none"));
  }

  /** A transactional producer. The same id in another instance fences this one. */
  public Producer<byte[], byte[]> transactional(String transactionalId) {
    Map<String, Object> settings = transactions();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return new KafkaProducer<>(settings);
  }

  /** The settings of a transactional producer, without its transactional id. */
  public Map<String, Object> transactions() {
    Map<String, Object> settings = writerSettings();
    // A broker that is still ending the last transaction asks for the first batch again; a second batch in flight would
    // then arrive out of order.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(deadline.multipliedBy(2)));
    return settings;
  }

  /** A producer of single records, outside of a transaction. */
  public Producer<byte[], byte[]> writer() {
    return new KafkaProducer<>(writerSettings());
  }

  private Map<String, Object> memberSettings(String group, int recordsMax, String offsetReset) {
    Map<String, Object> settings = readerSettings(recordsMax, offsetReset);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(sessionTimeout));
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        millis(sessionTimeout.dividedBy(HEARTBEATS_PER_SESSION)));
    // A member keeps its partitions when other members come and go.
    settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
    return settings;
  }

  /** @param offsetReset {@code none} where positions are stored elsewhere: a lost offset is an error, never a reset */
  private Map<String, Object> readerSettings(int recordsMax, String offsetReset) {
    Map<String, Object> settings = settings(deadline);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, offsetReset);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, recordsMax);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES_MAX);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_PARTITION_BYTES_MAX);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
    return settings;
  }

  private Map<String, Object> writerSettings() {
    Map<String, Object> settings = settings(deadline);
    settings.remove(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicShape.RECORD_BYTES_MAX);
    // A transaction is flushed by its commit: waiting for more would only delay it.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(deadline));
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(deadline));
    return settings;
  }

  /** The settings of every client with a deadline: one failed attempt leaves time for another. */
  private Map<String, Object> settings(Duration timeout) {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(timeout));
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis(timeout.dividedBy(2)));
    // Brokers ask clients for their metrics; the services publish their own.
    settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return settings;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
