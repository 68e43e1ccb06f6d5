package io.neuronledger.command.publish;

import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The published position of each partition: its next seq, in {@code ledger.published-positions.v1}. Read only after the
 * producer's {@code initTransactions}: from then on no other producer's transaction can change it.
 */
final class PublishedPositions {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int READ_POLLS_MAX = 150;
  private static final long LOOK_BACK_FIRST = 16;

  private final Supplier<Consumer<byte[], byte[]>> consumers;

  /** @param nextSeq the first event not yet published */
  record Position(int partition, long nextSeq) {}

  /** @param consumers creates consumers of committed records without a group */
  PublishedPositions(Supplier<Consumer<byte[], byte[]>> consumers) {
    this.consumers = consumers;
  }

  ProducerRecord<byte[], byte[]> write(Position position) {
    byte[] key = Integer.toString(position.partition()).getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(Topics.PUBLISHED_POSITIONS, position.partition(), key,
        TopicJson.MAPPER.writeValueAsBytes(position));
  }

  /** The next seq by partition; 0 for one never published. */
  Map<Integer, Long> read(List<Integer> partitions) {
    Map<Integer, Long> next = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      for (int partition : partitions) {
        next.put(partition, read(consumer, new TopicPartition(Topics.PUBLISHED_POSITIONS, partition)));
      }
    }
    return next;
  }

  /** Reads back from the end: only transaction markers can follow the newest record. */
  private long read(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    consumer.assign(List.of(partition));
    long begin = Objects.requireNonNull(consumer.beginningOffsets(List.of(partition)).get(partition));
    long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
    for (long back = LOOK_BACK_FIRST; ; back *= LOOK_BACK_FIRST) {
      long from = Math.max(begin, end - back);
      consumer.seek(partition, from);
      OptionalLong last = lastBefore(consumer, partition, end);
      if (last.isPresent()) {
        return last.getAsLong();
      }
      if (from == begin) {
        return 0;
      }
    }
  }

  private OptionalLong lastBefore(Consumer<byte[], byte[]> consumer, TopicPartition partition, long end) {
    OptionalLong last = OptionalLong.empty();
    for (int polls = 0; consumer.position(partition) < end; polls++) {
      if (polls == READ_POLLS_MAX) {
        throw new IllegalStateException("cannot read " + partition + " up to " + end);
      }
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
        last = OptionalLong.of(TopicJson.MAPPER.readValue(each.value(), Position.class).nextSeq());
      }
    }
    return last;
  }
}
