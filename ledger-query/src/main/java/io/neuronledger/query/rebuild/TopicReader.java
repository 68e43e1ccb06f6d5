package io.neuronledger.query.rebuild;

import io.neuronledger.contracts.event.Topics;
import io.neuronledger.query.intake.RecordReader;
import io.neuronledger.query.intake.Sieve;
import io.neuronledger.query.intake.Taken;
import io.neuronledger.query.lane.Lane;
import io.neuronledger.query.lane.Received;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Reads all lanes, from where a generation stands in them, as a member of no group. */
final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final RecordReader records;
  private final Sieve writer;
  private final Map<Integer, Long> nextSeqs = new HashMap<>();

  /** A lane makes no sense to the generation that is built: another try would end there too. */
  static final class LaneStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LaneStopped(Lane lane) {
      super("lane " + lane.number() + " stops at record " + lane.nextSeq() + ": " + lane.stopped().orElse(""));
    }
  }

  TopicReader(Consumer<byte[], byte[]> consumer, RecordReader records, Sieve writer, List<Lane> lanes) {
    this.consumer = consumer;
    this.records = records;
    this.writer = writer;
    consumer.assign(lanes.stream().map(lane -> new TopicPartition(Topics.ACCOUNT_EVENTS, lane.number())).toList());
    for (Lane lane : lanes) {
      consumer.seek(new TopicPartition(Topics.ACCOUNT_EVENTS, lane.number()), lane.nextOffset());
      nextSeqs.put(lane.number(), lane.nextSeq());
    }
  }

  /**
   * Takes what one poll brings.
   *
   * @throws LaneStopped if a lane cannot go on
   */
  void step() {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
    if (polled.isEmpty()) {
      return;
    }
    SortedMap<Integer, List<Received>> received = new TreeMap<>();
    polled.partitions().forEach(partition -> received.put(partition.partition(), polled.records(partition).stream()
        .map(record -> records.read(partition.partition(), record.offset(), record.key(), record.value())).toList()));
    for (Taken taken : writer.write(received, nextSeqs)) {
      for (Lane lane : taken.lanes()) {
        nextSeqs.put(lane.number(), lane.nextSeq());
        lane.stopped().ifPresent(_ -> {
          throw new LaneStopped(lane);
        });
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
