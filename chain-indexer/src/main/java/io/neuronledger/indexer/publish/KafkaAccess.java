package io.neuronledger.indexer.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
 * The Kafka clients of the indexer, each configured for one purpose.
 *
 * @param clientProperties for every client: servers and security settings
 * @param deadline for every request to Kafka
 * @param sessionTimeout the time without a heartbeat after which a leader is replaced
 * @param compression of the records
 */
public record KafkaAccess(Map<String, Object> clientProperties, Duration deadline, Duration sessionTimeout,
    String compression) {
  private static final int BATCH_BYTES = 256 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024 * 1024;
  private static final int REQUEST_BYTES_MAX = 4 * 1024 * 1024;

  public KafkaAccess {
    clientProperties = Map.copyOf(clientProperties);
  }

  Admin admin() {
    Map<String, Object> settings = new HashMap<>(clientProperties);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(deadline));
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis(deadline.dividedBy(2)));
    return Admin.create(settings);
  }

  /** A transactional producer. The same id in another instance fences this one. */
  Producer<byte[], byte[]> producer(String transactionalId) {
    Map<String, Object> settings = new HashMap<>(clientProperties);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
    // A transaction is flushed by its commit: waiting for more would only delay it.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 10);
    // A broker that is still ending the last transaction asks for the first batch again; a second batch in flight would
    // then arrive out of order.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(deadline));
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(deadline.dividedBy(2)));
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(deadline));
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(deadline.multipliedBy(2)));
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A producer of single records whose loss is harmless. */
  public Producer<byte[], byte[]> reporter() {
    Map<String, Object> settings = new HashMap<>(clientProperties);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(deadline));
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(deadline.dividedBy(2)));
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(deadline));
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A consumer of committed records of assigned partitions. */
  Consumer<byte[], byte[]> reader() {
    Map<String, Object> settings = consumerSettings();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A consumer that reads no records: a group member whose assignment decides who leads. */
  Consumer<byte[], byte[]> member(String group) {
    Map<String, Object> settings = consumerSettings();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(sessionTimeout));
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(sessionTimeout.dividedBy(4)));
    // The leader stays leader when other members come and go.
    settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> consumerSettings() {
    Map<String, Object> settings = new HashMap<>(clientProperties);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(deadline));
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(deadline.dividedBy(2)));
    return settings;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
