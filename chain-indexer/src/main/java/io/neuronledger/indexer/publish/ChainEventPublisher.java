package io.neuronledger.indexer.publish;

import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.indexer.publish.form.PartitionRecord;
import io.neuronledger.indexer.publish.form.StateRecord;
import io.neuronledger.indexer.publish.form.TransactionRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Writes chain events, their blocks and the state after them in one Kafka transaction. After any failure it must be
 * closed and a new one opened, which ends the unfinished transaction; only then is the stored state known again. Not
 * thread-safe.
 */
public final class ChainEventPublisher implements RecordPublisher, AutoCloseable {
  private static final int STATE_PARTITION = 0;

  private final Producer<byte[], byte[]> producer;
  private final Destination destination;
  private final Map<String, RecordHeader> typeHeaders = new ConcurrentHashMap<>();

  private ChainEventPublisher(Producer<byte[], byte[]> producer, Destination destination) {
    this.producer = producer;
    this.destination = destination;
  }

  /**
   * Fences any earlier writer. Afterwards no earlier transaction is open, so {@link StateStore} reads the final state.
   *
   * @throws PublisherFenced if another instance took over at the same time
   */
  public static ChainEventPublisher open(KafkaClients kafka, Destination destination) {
    Producer<byte[], byte[]> producer = kafka.transactional(destination.identity());
    try {
      producer.initTransactions();
      return new ChainEventPublisher(producer, destination);
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw fencedOr(e);
    }
  }

  @Override
  public void publish(TransactionRecords records) {
    try {
      producer.beginTransaction();
      for (PartitionRecord record : records.partitions()) {
        send(event(record));
      }
      send(blocks(records.blocks()));
      for (StateRecord entry : records.state()) {
        send(entry(entry));
      }
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw fencedOr(e);
    }
  }

  /** Closes at once: the next writer ends an unfinished transaction. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }

  /**
   * Does not wait for the single send: the commit waits for all of them and fails if one has failed. But a send that
   * failed at once, after the deadline, without a broker, must not be followed by a thousand like it.
   */
  private void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> sent = producer.send(record);
    if (sent.state() == Future.State.FAILED) {
      Throwable cause = sent.exceptionNow();
      throw cause instanceof KafkaException kafka ? kafka : new KafkaException("a send failed", cause);
    }
  }

  private ProducerRecord<byte[], byte[]> event(PartitionRecord record) {
    byte @Nullable [] key = record.owner().map(owner -> utf8(owner.value())).orElse(null);
    RecordHeader type = typeHeaders.computeIfAbsent(record.type(), name -> new RecordHeader("type", utf8(name)));
    return new ProducerRecord<>(destination.events(), record.partition(), key, TopicJson.MAPPER.writeValueAsBytes(
        record.value()), List.of(type));
  }

  private ProducerRecord<byte[], byte[]> blocks(BlocksRecord record) {
    return new ProducerRecord<>(destination.blocks(), record.partition(), null,
        TopicJson.MAPPER.writeValueAsBytes(record));
  }

  private ProducerRecord<byte[], byte[]> entry(StateRecord entry) {
    byte @Nullable [] value = entry.value().map(ChainEventPublisher::utf8).orElse(null);
    return new ProducerRecord<>(destination.state(), STATE_PARTITION, utf8(entry.key()), value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RuntimeException fencedOr(KafkaException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
        return new PublisherFenced(cause);
      }
    }
    return failure;
  }
}
