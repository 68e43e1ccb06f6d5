package io.neuronledger.indexer.publish;

import io.neuronledger.foundation.partitionlog.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Loads the indexer's state from its compacted topic. */
public final class StateStore {
  private static final Duration POLL = Duration.ofMillis(200);

  private StateStore() {}

  /**
   * All committed entries. The writer calls it after {@link ChainEventPublisher#open}: before that, a transaction of
   * its predecessor may still become visible.
   */
  public static Map<String, String> load(KafkaClients kafka, Destination destination) {
    TopicPartition partition = new TopicPartition(destination.state(), 0);
    Map<String, String> entries = new HashMap<>();
    try (Consumer<byte[], byte[]> reader = kafka.reader()) {
      reader.assign(List.of(partition));
      reader.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(reader.endOffsets(List.of(partition)).get(partition));
      long patience = System.nanoTime() + kafka.deadline().toNanos();
      long reached = reader.position(partition);
      while (reached < end) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          keep(record, entries);
        }
        long now = reader.position(partition);
        if (now > reached) {
          patience = System.nanoTime() + kafka.deadline().toNanos();
        } else if (System.nanoTime() > patience) {
          throw new TimeoutException("reading " + destination.state() + " is stuck at offset " + now + " of " + end);
        }
        reached = now;
      }
    }
    return entries;
  }

  private static void keep(ConsumerRecord<byte[], byte[]> record, Map<String, String> entries) {
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      entries.remove(key);
    } else {
      entries.put(key, new String(record.value(), StandardCharsets.UTF_8));
    }
  }
}
