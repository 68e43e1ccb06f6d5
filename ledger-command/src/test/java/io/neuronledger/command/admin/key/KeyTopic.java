package io.neuronledger.command.admin.key;

import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic of the API keys on the test's broker. */
final class KeyTopic {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.API_KEYS, 0);

  private KeyTopic() {}

  /** Of committed records, without a group. */
  static Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(Map.of("bootstrap.servers", Servers.kafka(), "isolation.level", "read_committed",
        "auto.offset.reset", "none", "enable.auto.commit", false), new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  static Producer<byte[], byte[]> producer(String transactionalId) {
    return new KafkaProducer<>(Map.of("bootstrap.servers", Servers.kafka(), "transactional.id", transactionalId),
        new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** All committed records, each as key, space and JSON. */
  static List<String> values() {
    List<String> values = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(PARTITION));
      long end = end();
      consumer.seek(PARTITION, Objects.requireNonNull(consumer.beginningOffsets(List.of(PARTITION)).get(PARTITION)));
      while (consumer.position(PARTITION) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record ->
            values.add(new String(record.key(), StandardCharsets.UTF_8) + " "
                + new String(record.value(), StandardCharsets.UTF_8)));
      }
    }
    return values;
  }

  /**
   * The end with all that was written before the call. A reader of committed records alone takes an earlier one: the
   * broker marks a transaction as committed after its producer has been answered.
   */
  private static long end() {
    try (Consumer<byte[], byte[]> any = new KafkaConsumer<>(Map.of("bootstrap.servers", Servers.kafka()),
        new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return Objects.requireNonNull(any.endOffsets(List.of(PARTITION)).get(PARTITION));
    }
  }
}
