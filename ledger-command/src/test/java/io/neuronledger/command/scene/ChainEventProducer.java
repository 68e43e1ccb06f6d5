package io.neuronledger.command.scene;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.ChainRecord;
import io.neuronledger.contracts.event.Topics;
import io.neuronledger.contracts.value.WalletAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The other ends of the service's topics: speaks as the indexer does, and listens as a subscriber. */
public final class ChainEventProducer implements AutoCloseable {
  /** As every service outside of this one has it. */
  public static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
      .build();

  private final KafkaProducer<byte[], byte[]> producer;
  private final int partitions;

  public ChainEventProducer(int partitions) {
    this.partitions = partitions;
    this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", Servers.kafka(), "transactional.id", "test-feed",
        "key.serializer", ByteArraySerializer.class, "value.serializer", ByteArraySerializer.class, "linger.ms", 5));
    producer.initTransactions();
  }

  /** All of it in one transaction. */
  public void say(List<ScriptedPartitions.Said> said) {
    producer.beginTransaction();
    for (ScriptedPartitions.Said each : said) {
      ChainRecord chainRecord = each.chainRecord();
      send(chainRecord.partition(), each.key().map(WalletAddress::value).orElse(null), JSON.writeValueAsBytes(chainRecord));
    }
    producer.commitTransaction();
  }

  /** Whatever bytes. */
  public void sayRaw(int partition, @Nullable String key, byte[] value) {
    producer.beginTransaction();
    send(partition, key, value);
    producer.commitTransaction();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where a send has failed
  private void send(int partition, @Nullable String key, byte[] value) {
    producer.send(new ProducerRecord<>(Topics.CHAIN_EVENTS, partition,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** All that is published now, partition by partition. */
  public List<AccountRecord> published() {
    return read(Topics.ACCOUNT_EVENTS).stream()
        .map(value -> JSON.readValue(value, AccountRecord.class))
        .sorted(Comparator.comparingInt(AccountRecord::partition)).toList();
  }

  /** The committed values of a topic, each partition in its order. */
  public List<byte[]> read(String topic) {
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", Servers.kafka(),
        "isolation.level", "read_committed", "key.deserializer", ByteArrayDeserializer.class, "value.deserializer",
        ByteArrayDeserializer.class, "auto.offset.reset", "earliest", "max.poll.records", 10_000))) {
      List<TopicPartition> all =
          IntStream.range(0, partitions).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(all));
      while (all.stream().anyMatch(each ->
          consumer.position(each) < Optional.ofNullable(ends.get(each)).orElseThrow())) {
        consumer.poll(Duration.ofMillis(100)).forEach(each -> values.add(each.value()));
      }
    }
    return values;
  }

  @Override
  public void close() {
    producer.close();
  }
}
