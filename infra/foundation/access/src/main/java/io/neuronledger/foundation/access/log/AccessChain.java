package io.neuronledger.foundation.access.log;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.contracts.access.AccessRecord;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.topic.RecordHash;
import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * One chain of records, with a producer of its own. Each record is acknowledged before the next one is sent: after a
 * failure it is unknown whether the last one was stored, and the chain ends there. Used by one thread.
 */
final class AccessChain implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final UUID id = UUID.randomUUID();
  private final int partition;
  private final Producer<byte[], byte[]> producer;
  private final InstantSource clock;
  private byte[] previous;
  private long seq;

  private AccessChain(int partition, byte[] previous, Producer<byte[], byte[]> producer, InstantSource clock) {
    this.partition = partition;
    this.previous = previous;
    this.producer = producer;
    this.clock = clock;
  }

  /**
   * Begins a chain after the last record of the partition.
   *
   * @param kafka with the deadline of each of its steps
   * @throws KafkaException if that is not possible now
   */
  static AccessChain begin(AccessLogPartition service, KafkaClients kafka, InstantSource clock) {
    Optional<Last> last = last(service.number(), kafka);
    AccessChain chain = new AccessChain(service.number(), last.map(Last::hash).orElseGet(RecordHash::none),
        kafka.writer(), clock);
    try {
      chain.append(new AccessEntry.Started(service.service(), last.map(Last::position)));
      return chain;
    } catch (RuntimeException e) {
      chain.close();
      throw e;
    }
  }

  /** @param record absent, if the retention has removed it */
  private record Last(long position, Optional<ConsumerRecord<byte[], byte[]>> record) {
    byte[] hash() {
      return record.flatMap(AccessLogCheck::hash).orElseGet(RecordHash::none);
    }
  }

  private static Optional<Last> last(int number, KafkaClients kafka) {
    TopicPartition partition = new TopicPartition(Topics.ACCESS_LOG, number);
    List<TopicPartition> assigned = List.of(partition);
    try (Consumer<byte[], byte[]> consumer = kafka.reader(1)) {
      consumer.assign(assigned);
      long begin = consumer.beginningOffsets(assigned).getOrDefault(partition, 0L);
      long end = consumer.endOffsets(assigned).getOrDefault(partition, 0L);
      if (end == 0) {
        return Optional.empty();
      }
      return Optional.of(new Last(end - 1, end == begin ? Optional.empty()
          : Optional.of(read(consumer, partition, end - 1, kafka.deadline()))));
    }
  }

  private static ConsumerRecord<byte[], byte[]> read(Consumer<byte[], byte[]> consumer, TopicPartition partition,
      long position, Duration deadline) {
    consumer.seek(partition, position);
    for (long polls = deadline.dividedBy(POLL); polls > 0; polls--) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        return record;
      }
    }
    throw new TimeoutException("the last record of the access log does not come");
  }

  /** @throws KafkaException if it is not known to be stored; the chain has ended then */
  void append(AccessEntry entry) {
    byte[] value = TopicJson.MAPPER.writeValueAsBytes(new AccessRecord(id, seq + 1, Hash.of(previous),
        clock.instant().truncatedTo(ChronoUnit.MILLIS), entry));
    byte[] hash = RecordHash.of(previous, value);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.ACCESS_LOG, partition, null, value);
    record.headers().add(AccessRecord.HASH, hash);
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka has not acknowledged a record of the access log", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException("interrupted while recording an access", e);
    }
    seq++;
    previous = hash;
  }

  /** At once: what was not acknowledged is not sent again. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
