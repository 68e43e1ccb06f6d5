package io.neuronledger.query.rebuild;

import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.query.intake.CommittedBatch;
import io.neuronledger.query.intake.PoisonIsolatingWriter;
import io.neuronledger.query.intake.RecordReader;
import io.neuronledger.query.partition.Received;
import io.neuronledger.query.partition.change.Partition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Reads all partitions from the positions of a generation, without a consumer group. */
final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final RecordReader records;
  private final PoisonIsolatingWriter writer;
  private final Map<Integer, Long> nextSeqs = new HashMap<>();

  /** A partition halted in the new generation; a retry would halt there again. */
  static final class PartitionStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PartitionStopped(Partition partition) {
      super("partition " + partition.number() + " halts at record " + partition.nextSeq() + ": " + partition.stopped()
          .orElse(""));
    }
  }

  TopicReader(Consumer<byte[], byte[]> consumer, RecordReader records, PoisonIsolatingWriter writer,
      List<Partition> partitions) {
    this.consumer = consumer;
    this.records = records;
    this.writer = writer;
    consumer.assign(partitions.stream().map(partition -> new TopicPartition(Topics.ACCOUNT_EVENTS, partition.number()))
        .toList());
    for (Partition partition : partitions) {
      consumer.seek(new TopicPartition(Topics.ACCOUNT_EVENTS, partition.number()), partition.nextOffset());
      nextSeqs.put(partition.number(), partition.nextSeq());
    }
  }

  /**
   * Processes the records of one poll.
   *
   * @throws PartitionStopped if a partition halts
   */
  void step() {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
    if (polled.isEmpty()) {
      return;
    }
    SortedMap<Integer, List<Received>> received = new TreeMap<>();
    polled.partitions().forEach(partition -> received.put(partition.partition(), polled.records(partition).stream()
        .map(record -> records.read(partition.partition(), record.offset(), record.key(), record.value())).toList()));
    for (CommittedBatch committed : writer.write(received, nextSeqs)) {
      for (Partition partition : committed.partitions()) {
        nextSeqs.put(partition.number(), partition.nextSeq());
        partition.stopped().ifPresent(_ -> {
          throw new PartitionStopped(partition);
        });
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
