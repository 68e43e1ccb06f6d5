package io.neuronledger.command.store;

import io.neuronledger.command.store.EventTable.StoredEvent;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.foundation.partitionlog.RawBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.Serializer;

/**
 * Appends events as rows. Each event gets the next seq of its partition under the partition's row lock, which the
 * transaction holds until it ends: so seq follows the order of commits, without a gap.
 */
final class EventAppender {
  private static final String ALLOCATE_SEQ =
      "UPDATE partition_head SET next_seq = next_seq + ? WHERE partition = ?";
  private static final String ROW =
      "account_event (partition, seq, stream, sequence, name, block, recorded_at, payload)";
  private static final int COLUMNS = 8;

  private final Partitions partitions;

  EventAppender(Partitions partitions) {
    this.partitions = partitions;
  }

  /** @return the appended rows, in order */
  List<StoredEvent> append(Connection connection, List<? extends EventMessage<?>> events, Serializer serializer,
      Instant recordedAt) throws SQLException {
    // Serialized before the seqs are allocated, because other writers wait for the lock.
    List<RawBytes> payloads = new ArrayList<>(events.size());
    int[] partitionOf = new int[events.size()];
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    for (EventMessage<?> each : events) {
      int partition = partitionOf((DomainEventMessage<?>) each);
      partitionOf[payloads.size()] = partition;
      counts.merge(partition, 1, Integer::sum);
      payloads.add(new RawBytes(each.serializePayload(serializer, byte[].class).getData()));
    }
    SortedMap<Integer, Long> next = allocateSeqs(connection, counts);
    List<StoredEvent> appended = new ArrayList<>(events.size());
    try (BinaryCopy rows = new BinaryCopy(connection, ROW)) {
      for (int i = 0; i < partitionOf.length; i++) {
        DomainEventMessage<?> event = (DomainEventMessage<?>) events.get(i);
        StoredEvent stored = new StoredEvent(partitionOf[i], next.merge(partitionOf[i], 1L, Long::sum) - 1,
            event.getAggregateIdentifier(), event.getSequenceNumber(),
            EventSerializer.NAMES.nameOf(event.getPayloadType()), recordedAt, payloads.get(i));
        write(rows, stored, blockOf(event.getPayload()));
        appended.add(stored);
      }
      rows.end();
    }
    return appended;
  }

  private static void write(BinaryCopy rows, StoredEvent event, OptionalLong block) throws SQLException {
    rows.row(COLUMNS).add(event.partition()).add(event.seq()).add(event.stream()).add(event.sequence())
        .add(event.name());
    if (block.isPresent()) {
      rows.add(block.getAsLong());
    } else {
      rows.addNull();
    }
    rows.add(event.recordedAt()).add(event.payload().bytes());
  }

  /**
   * Locks in the order of the partitions, so that two appends to several partitions cannot deadlock.
   *
   * @param counts the number of events by partition
   * @return the first seq by partition
   */
  private static SortedMap<Integer, Long> allocateSeqs(Connection connection, SortedMap<Integer, Integer> counts)
      throws SQLException {
    SortedMap<Integer, Long> first = new TreeMap<>();
    try (PreparedStatement allocate =
        connection.prepareStatement(ALLOCATE_SEQ, new String[] {"partition", "next_seq"})) {
      for (var each : counts.entrySet()) {
        allocate.setInt(1, each.getValue());
        allocate.setInt(2, each.getKey());
        allocate.addBatch();
      }
      allocate.executeBatch();
      ResultSet next = allocate.getGeneratedKeys();
      while (next.next()) {
        int partition = next.getInt(1);
        first.put(partition, next.getLong(2) - Objects.requireNonNull(counts.get(partition)));
      }
    }
    if (!first.keySet().equals(counts.keySet())) {
      throw new SQLException("of the partitions " + counts.keySet() + " this event store has " + first.keySet());
    }
    return first;
  }

  private int partitionOf(DomainEventMessage<?> event) {
    return switch (event.getPayload()) {
      case LedgerEvent ledgerEvent -> partitions.of(ledgerEvent.owner());
      case UsageEvent usageEvent -> partitions.of(usageEvent.owner());
      case PartitionEvent _ -> PartitionStream.partitionOf(event.getAggregateIdentifier());
      default -> throw new IllegalArgumentException("no partition: " + event.getPayloadType());
    };
  }

  /** Empty for a rewind and for an event that no chain fact caused, so that a fork does not select it. */
  private static OptionalLong blockOf(Object event) {
    return switch (event) {
      case LedgerEvent.LedgerRewound _ -> OptionalLong.empty();
      case LedgerEvent.ChainDriven driven -> OptionalLong.of(driven.cause().position().block());
      default -> OptionalLong.empty();
    };
  }
}
