package io.neuronledger.command.publish;

import io.neuronledger.command.fixture.Servers;
import io.neuronledger.contracts.topic.Partitions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Instances that publish two partitions from one event store. */
final class Instances {
  static final Partitions PARTITIONS = new Partitions(2);

  private Instances() {}

  /** @param wrapped wraps the producers of the instance */
  static Publication of(JdbcClient store, String name, UnaryOperator<Producer<byte[], byte[]>> wrapped,
      CommittedEvents committed, PublishProgress progress) {
    PublishSettings settings = new PublishSettings(PARTITIONS, name, 100, Duration.ofMillis(20), Duration.ofMillis(500),
        Duration.ofMillis(50));
    return new Publication(settings, store, committed, progress, id -> wrapped.apply(producer(id)),
        Instances::consumer, Clock.systemUTC());
  }

  private static Producer<byte[], byte[]> producer(String transactionalId) {
    return new KafkaProducer<>(Map.of("bootstrap.servers", Servers.kafka(), "transactional.id", transactionalId),
        new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Of committed records, without a group. */
  static Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(Map.of("bootstrap.servers", Servers.kafka(), "isolation.level", "read_committed",
        "auto.offset.reset", "none", "enable.auto.commit", false), new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
