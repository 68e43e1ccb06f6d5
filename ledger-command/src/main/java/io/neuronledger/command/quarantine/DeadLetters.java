package io.neuronledger.command.quarantine;

import io.neuronledger.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Copies malformed records to a topic of their own, for operators. At least once: the copy is sent before the
 * transaction that parks the original commits, so a crash can repeat a copy, never lose one.
 */
public final class DeadLetters {
  private static final int TIMEOUT_SECONDS = 30;

  private final Producer<byte[], byte[]> producer;

  public DeadLetters(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** @throws IllegalStateException if Kafka does not accept the copy; the transaction must then roll back */
  public void copy(int partition, long seq, long offset, byte[] key, byte[] value, String reason) {
    ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(Topics.CHAIN_EVENTS_DEAD, partition, key, value);
    copy.headers().add("reason", reason.getBytes(StandardCharsets.UTF_8));
    copy.headers().add("seq", Long.toString(seq).getBytes(StandardCharsets.UTF_8));
    copy.headers().add("offset", Long.toString(offset).getBytes(StandardCharsets.UTF_8));
    try {
      producer.send(copy).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while copying to " + Topics.CHAIN_EVENTS_DEAD, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("cannot copy to " + Topics.CHAIN_EVENTS_DEAD, e);
    }
  }
}
