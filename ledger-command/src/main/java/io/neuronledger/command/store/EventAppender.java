package io.neuronledger.command.store;

import io.neuronledger.command.store.EventTable.StoredEvent;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.contracts.event.AccountEvent;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.Serializer;

/**
 * Appends events as rows. Each event gets the next seq of its partition, and its place in the partition's chain of
 * hashes, under the partition's row lock, which the transaction holds until it ends: so seq follows the order of
 * commits, without a gap.
 */
final class EventAppender {
  /** Locks in the order of the partitions, so that two appends to several partitions cannot deadlock. */
  private static final String LOCK_HEADS = """
      SELECT partition, next_seq, next_public_seq, hash, (SELECT chain_id FROM deployment) AS chain_id
      FROM partition_head WHERE partition = ANY (?) ORDER BY partition FOR UPDATE OF partition_head""";
  private static final String MOVE_HEAD =
      "UPDATE partition_head SET next_seq = ?, next_public_seq = ?, hash = ? WHERE partition = ? AND next_seq = ?";
  private static final String ROW =
      "account_event (partition, seq, public_seq, stream, sequence, name, block, recorded_at, payload, hash)";
  private static final int COLUMNS = 10;

  private final Partitions partitions;

  EventAppender(Partitions partitions) {
    this.partitions = partitions;
  }

  /** The newest record of a partition. */
  private static final class Head {
    private final long chainId;
    private final long firstSeq;
    private long nextSeq;
    private long nextPublicSeq;
    private byte[] hash;

    private Head(long chainId, long nextSeq, long nextPublicSeq, byte[] hash) {
      this.chainId = chainId;
      this.firstSeq = nextSeq;
      this.nextSeq = nextSeq;
      this.nextPublicSeq = nextPublicSeq;
      this.hash = hash;
    }

    private StoredEvent append(int partition, DomainEventMessage<?> event, Instant recordedAt, RawBytes payload) {
      OptionalLong publicSeq =
          PartitionStream.isOwners(event.getAggregateIdentifier())
              ? OptionalLong.of(nextPublicSeq++) : OptionalLong.empty();
      StoredEvent stored = new StoredEvent(partition, nextSeq++, publicSeq, event.getAggregateIdentifier(),
          event.getSequenceNumber(), EventSerializer.NAMES.nameOf(event.getPayloadType()), recordedAt, payload,
          new RawBytes(hash)).after(hash, chainId);
      hash = stored.hash().bytes();
      return stored;
    }
  }

  /** @return the appended rows, in order */
  List<StoredEvent> append(Connection connection, List<? extends EventMessage<?>> events, Serializer serializer,
      Instant recordedAt) throws SQLException {
    // Serialized before the heads are locked, because other writers wait for the locks.
    List<RawBytes> payloads = new ArrayList<>(events.size());
    int[] partitionOf = new int[events.size()];
    for (EventMessage<?> each : events) {
      partitionOf[payloads.size()] = partitionOf((DomainEventMessage<?>) each);
      payloads.add(new RawBytes(each.serializePayload(serializer, byte[].class).getData()));
    }
    Map<Integer, Head> heads = lock(connection, IntStream.of(partitionOf).distinct().toArray());
    List<StoredEvent> appended = new ArrayList<>(events.size());
    try (BinaryCopy rows = new BinaryCopy(connection, ROW)) {
      for (int i = 0; i < partitionOf.length; i++) {
        DomainEventMessage<?> event = (DomainEventMessage<?>) events.get(i);
        StoredEvent stored = Objects.requireNonNull(heads.get(partitionOf[i]))
            .append(partitionOf[i], event, recordedAt, payloads.get(i));
        write(rows, stored, blockOf(event.getPayload()));
        appended.add(stored);
      }
      rows.end();
    }
    move(connection, heads);
    return appended;
  }

  private static void write(BinaryCopy rows, StoredEvent event, OptionalLong block) throws SQLException {
    rows.row(COLUMNS).add(event.partition()).add(event.seq());
    add(rows, event.publicSeq());
    rows.add(event.stream()).add(event.sequence()).add(event.name());
    add(rows, block);
    rows.add(event.recordedAt()).add(event.payload().bytes()).add(event.hash().bytes());
  }

  private static void add(BinaryCopy rows, OptionalLong value) throws SQLException {
    if (value.isPresent()) {
      rows.add(value.getAsLong());
    } else {
      rows.addNull();
    }
  }

  private static Map<Integer, Head> lock(Connection connection, int[] partitions) throws SQLException {
    Map<Integer, Head> heads = new HashMap<>();
    try (PreparedStatement lock = connection.prepareStatement(LOCK_HEADS)) {
      lock.setObject(1, partitions);
      try (ResultSet locked = lock.executeQuery()) {
        while (locked.next()) {
          long chainId = locked.getLong("chain_id");
          if (locked.wasNull()) {
            throw new SQLException("this event store has no deployment");
          }
          heads.put(locked.getInt("partition"),
              new Head(chainId, locked.getLong("next_seq"), locked.getLong("next_public_seq"),
                  locked.getBytes("hash")));
        }
      }
    }
    for (int partition : partitions) {
      if (!heads.containsKey(partition)) {
        throw new SQLException("this event store has no partition " + partition);
      }
    }
    return heads;
  }

  private static void move(Connection connection, Map<Integer, Head> heads) throws SQLException {
    try (PreparedStatement move = connection.prepareStatement(MOVE_HEAD)) {
      for (var each : heads.entrySet()) {
        move.setLong(1, each.getValue().nextSeq);
        move.setLong(2, each.getValue().nextPublicSeq);
        move.setBytes(3, each.getValue().hash);
        move.setInt(4, each.getKey());
        move.setLong(5, each.getValue().firstSeq);
        move.addBatch();
      }
      if (!IntStream.of(move.executeBatch()).allMatch(moved -> moved == 1)) {
        throw new SQLException("another writer has appended to a partition meanwhile");
      }
    }
  }

  private int partitionOf(DomainEventMessage<?> event) {
    return switch (event.getPayload()) {
      case LedgerEvent ledgerEvent -> partitions.of(ledgerEvent.owner());
      case UsageEvent usageEvent -> partitions.of(usageEvent.owner());
      case AccountEvent.PeriodEvent _ -> PartitionStream.PARTITION_OF_PERIODS;
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
