package io.neuronledger.query.wiring;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.TopicShape;
import io.neuronledger.contracts.topic.Topics;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Kafka clients, and the topics that they require. */
@Configuration
class KafkaWiring {
  private static final int FETCH_BYTES_MAX = 32 * 1024 * 1024;
  private static final int FETCH_BYTES_MAX_OF_PARTITION = 4 * 1024 * 1024;

  /** The time after which another instance takes over the partitions of a dead one; Kafka's default is 45 s. */
  private static final int SESSION_TIMEOUT_MS = 10_000;

  @Bean
  Partitions partitions(Settings settings) {
    return new Partitions(settings.partitions());
  }

  @Bean
  Admin kafkaAdmin(Settings settings) {
    return Admin.create(common(settings));
  }

  @Bean
  DeclaredTopics declaredTopics(Settings settings, Partitions partitions) {
    return new DeclaredTopics(common(settings), partitions, settings.kafka().replicationFactor(), Topics.ACCOUNT_EVENTS,
        Topics.ACCOUNT_EVENTS_DEAD, Topics.FOLLOWING).atStart();
  }

  @Bean
  Supplier<Consumer<byte[], byte[]>> accountEventConsumers(Settings settings) {
    Map<String, Object> config = reading(settings);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.kafka().group());
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
    return () -> new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A consumer without a group; its partitions are assigned manually. */
  static Consumer<byte[], byte[]> ungrouped(Settings settings) {
    return new KafkaConsumer<>(reading(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<String, Object> reading(Settings settings) {
    Map<String, Object> config = common(settings);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Positions are stored in the database; an offset that Kafka no longer has is an error, never a reset.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.intake().batchMax());
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES_MAX);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_MAX_OF_PARTITION);
    return config;
  }

  @Bean
  KafkaProducer<byte[], byte[]> deadLetterProducer(Settings settings) {
    Map<String, Object> config = common(settings);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicShape.RECORD_BYTES_MAX);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** The settings of every client; those set here override the file. */
  static Map<String, Object> common(Settings settings) {
    Map<String, Object> config = new HashMap<>();
    settings.kafka().clientPropertiesFile().map(Path::of).ifPresent(file -> load(file, config));
    config.putAll(settings.kafka().properties());
    config.put("bootstrap.servers", settings.kafka().bootstrapServers());
    config.put("enable.metrics.push", false);
    return config;
  }

  private static void load(Path file, Map<String, Object> config) {
    Properties loaded = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      loaded.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    loaded.stringPropertyNames().forEach(name -> config.put(name, loaded.getProperty(name)));
  }
}
