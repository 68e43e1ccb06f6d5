package io.neuronledger.command.publish;

import io.neuronledger.command.store.EventTable;
import io.neuronledger.command.store.EventTable.StoredEvent;
import io.neuronledger.command.store.PartitionStream;
import io.neuronledger.contracts.topic.RecordHash;
import io.neuronledger.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one group of partitions, and owners' events a second time for subscribers, with one transactional producer.
 * Created when the group is acquired, discarded at any failure: the next one reads the published positions from Kafka.
 * Used by one thread.
 */
final class PartitionGroupPublisher implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final PartitionGroup group;
  private final Producer<byte[], byte[]> producer;
  private final PublishedPositions positions;
  private final EventTable events;
  private final CommittedEvents committed;
  private final PublishProgress progress;
  private final LongSupplier chainId;
  private final int batchMax;
  private final Map<Integer, Long> next;
  private OptionalLong chain = OptionalLong.empty();

  /**
   * Aborts a predecessor's open transaction and fences that predecessor.
   *
   * @param chainId of the deployment; called only when there are events, so after the declaration
   */
  PartitionGroupPublisher(PartitionGroup group, Producer<byte[], byte[]> producer, PublishedPositions positions,
      EventTable events, CommittedEvents committed, PublishProgress progress, LongSupplier chainId, int batchMax) {
    this.group = group;
    this.producer = producer;
    this.positions = positions;
    this.events = events;
    this.committed = committed;
    this.progress = progress;
    this.chainId = chainId;
    this.batchMax = batchMax;
    producer.initTransactions();
    this.next = positions.read(group.partitions());
    committed.follow(group.partitions());
  }

  /**
   * Publishes the next events of all the group's partitions in one transaction.
   *
   * @return whether there were any
   */
  boolean step() {
    Map<Integer, List<StoredEvent>> batches = batches();
    if (batches.isEmpty()) {
      return false;
    }
    producer.beginTransaction();
    batches.forEach(this::send);
    producer.commitTransaction();
    batches.forEach((partition, batch) -> {
      next.put(partition, batch.getLast().seq() + 1);
      progress.advance(partition, batch.getLast().seq() + 1, batch.size());
    });
    return true;
  }

  /** The next events of each partition that has any; a partition whose next event is missing stays behind. */
  private Map<Integer, List<StoredEvent>> batches() {
    Map<Integer, Long> heads = events.heads();
    SortedMap<Integer, Long> behind = new TreeMap<>();
    for (int partition : group.partitions()) {
      long from = Objects.requireNonNull(next.get(partition));
      long head = Objects.requireNonNull(heads.get(partition));
      if (from < head) {
        behind.put(partition, from);
      }
      progress.update(partition, from, head);
    }
    Map<Integer, List<StoredEvent>> batches = new HashMap<>();
    List<String> missing = new ArrayList<>();
    behind.forEach((partition, from) -> {
      List<StoredEvent> batch = next(partition, from, Math.max(1, batchMax / behind.size()));
      if (batch.isEmpty()) {
        // What was appended after it would be held in memory for as long as it is missing.
        committed.follow(List.of(partition));
        missing.add("partition " + partition + ": the event store has no seq " + from);
      } else {
        batches.put(partition, batch);
      }
    });
    progress.setMissing(group, missing);
    return batches;
  }

  /** From memory where it has exactly the next event, else from the store; empty if both lack it. */
  private List<StoredEvent> next(int partition, long from, int countMax) {
    List<StoredEvent> handedOver = committed.take(partition, from, countMax);
    if (!handedOver.isEmpty()) {
      return handedOver;
    }
    List<StoredEvent> read = events.read(partition, from, countMax);
    int contiguous = 0;
    while (contiguous < read.size() && read.get(contiguous).seq() == from + contiguous) {
      contiguous++;
    }
    return read.subList(0, contiguous);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // commitTransaction fails if a send failed
  private void send(int partition, List<StoredEvent> batch) {
    if (chain.isEmpty()) {
      chain = OptionalLong.of(chainId.getAsLong());
    }
    for (StoredEvent event : batch) {
      byte @Nullable [] key = keyOf(event.stream());
      ProducerRecord<byte[], byte[]> published =
          new ProducerRecord<>(Topics.ACCOUNT_EVENTS, partition, key, event.published(chain.getAsLong()));
      published.headers().add(new RecordHeader("type", event.name().getBytes(StandardCharsets.UTF_8)));
      published.headers().add(new RecordHeader(RecordHash.HEADER, event.hash().bytes()));
      producer.send(published);
      if (key != null) {
        producer.send(PublicEvents.record(event, chain.getAsLong(), key));
      }
    }
    producer.send(positions.write(new PublishedPositions.Position(partition, batch.getLast().seq() + 1)));
  }

  /** The owner's address, which follows the type in the name of an owner's stream. */
  private static byte @Nullable [] keyOf(String stream) {
    return PartitionStream.isOwners(stream) ? stream.split(":", 3)[1].getBytes(StandardCharsets.UTF_8) : null;
  }

  @Override
  public void close() {
    committed.unfollow(group.partitions());
    producer.close(CLOSE_TIMEOUT);
  }
}
