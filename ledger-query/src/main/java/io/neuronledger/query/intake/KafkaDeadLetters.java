package io.neuronledger.query.intake;

import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.query.partition.Poison;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Copies records to {@link Topics#ACCOUNT_EVENTS_DEAD}: key and value unchanged, the reason in the headers. */
public final class KafkaDeadLetters implements DeadLetters, AutoCloseable {
  private final Producer<byte[], byte[]> producer;

  public KafkaDeadLetters(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  @Override
  public void copy(List<Poison> records) {
    List<Future<RecordMetadata>> sent = records.stream().map(poison -> producer.send(letter(poison))).toList();
    for (Future<RecordMetadata> copy : sent) {
      awaitAcknowledged(copy);
    }
  }

  private static ProducerRecord<byte[], byte[]> letter(Poison poison) {
    ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(Topics.ACCOUNT_EVENTS_DEAD, poison.partition(),
        utf8(poison.owner().value()), poison.record().value().bytes());
    letter.headers()
        .add("reason", utf8(poison.reason()))
        .add("source_topic", utf8(Topics.ACCOUNT_EVENTS))
        .add("source_partition", utf8(String.valueOf(poison.partition())))
        .add("source_offset", utf8(String.valueOf(poison.record().offset())))
        .add("seq", utf8(String.valueOf(poison.record().seq())));
    return letter;
  }

  private static void awaitAcknowledged(Future<RecordMetadata> copy) {
    try {
      copy.get();
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka did not accept a dead letter", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing a dead letter", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
