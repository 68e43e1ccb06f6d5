package io.neuronledger.cli.answer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a published topic like a subscriber. */
public final class PublishedEvents {
  private static final Duration POLL = Duration.ofMillis(200);

  private PublishedEvents() {}

  /**
   * Reads all records that are committed now, from the first on; the records of a partition in order.
   *
   * @param client the properties of a Kafka client that may read the topic
   */
  public static void read(Map<String, Object> client, String topic, Consumer<ConsumerRecord<String, String>> reader) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
          .map(found -> new TopicPartition(found.topic(), found.partition())).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < requireNonNull(ends.get(partition)))) {
        consumer.poll(POLL).forEach(reader);
      }
    }
  }
}
