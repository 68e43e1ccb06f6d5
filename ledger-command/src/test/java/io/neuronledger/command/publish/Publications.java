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

/** Instances that publish to the test's broker. */
final class Publications {
  private Publications() {}

  /** @param wrapped wraps the instance's producers */
  static Publication instance(String name, JdbcClient jdbc, Partitions partitions,
      UnaryOperator<Producer<byte[], byte[]>> wrapped, CommittedEvents committed) {
    PublishSettings settings = new PublishSettings(partitions, name, 100, Duration.ofMillis(20), Duration.ofMillis(500),
        Duration.ofMillis(50));
    return new Publication(settings, jdbc, committed, new PublishProgress(Clock.systemUTC()),
        id -> wrapped.apply(producer(id)), Publications::consumer, Clock.systemUTC());
  }

  static Producer<byte[], byte[]> producer(String transactionalId) {
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
