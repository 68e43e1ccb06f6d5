package io.neuronledger.command.store;

import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.Partitions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * Axon's JDBC engine on this service's tables. A batch of events is one statement. Each event gets the next seq of its
 * partition under the partition's row lock, which the transaction holds until it ends: so seq follows the order of
 * commits, without a gap.
 */
public final class LedgerStorageEngine extends JdbcEventStorageEngine {
  private static final int READ_BATCH = 1_000;
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String ALLOCATE_SEQ =
      "UPDATE partition_head SET next_seq = next_seq + ? WHERE partition = ? RETURNING next_seq - ?";
  private static final String APPEND = """
      INSERT INTO account_event (partition, seq, stream, sequence, name, block, payload, recorded_at)
      SELECT partition, seq, stream, sequence, name, block, payload, ?
      FROM unnest(?::integer[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::bytea[])
        AS row (partition, seq, stream, sequence, name, block, payload)""";
  private static final String FIELDS = """
      SELECT stream || '@' || sequence AS event_id, split_part(stream, ':', 1) AS stream_type, stream, sequence, name,
        NULL::text AS revision, recorded_at, payload, '{}'::bytea AS metadata FROM\s""";
  private static final EventSchema SCHEMA = EventSchema.builder().eventTable("account_event")
      .snapshotTable("stream_snapshot").eventIdentifierColumn("event_id").typeColumn("stream_type")
      .aggregateIdentifierColumn("stream").sequenceNumberColumn("sequence").payloadTypeColumn("name")
      .payloadRevisionColumn("revision").timestampColumn("recorded_at").payloadColumn("payload")
      .metaDataColumn("metadata").globalIndexColumn("seq").build();

  private final Partitions partitions;
  private final Clock clock;

  private LedgerStorageEngine(Builder builder, Partitions partitions, Clock clock) {
    super(builder);
    this.partitions = partitions;
    this.clock = clock;
  }

  public static LedgerStorageEngine create(ConnectionProvider connections, TransactionManager transactions,
      EventSerializer serializer, EventUpcaster upcasters, Partitions partitions, Clock clock) {
    Builder builder = builder().connectionProvider(connections).transactionManager(transactions).schema(SCHEMA)
        .dataType(byte[].class);
    builder.persistenceExceptionResolver(LedgerStorageEngine::isUniqueViolation);
    builder.eventSerializer(serializer).snapshotSerializer(serializer).upcasterChain(upcasters).batchSize(READ_BATCH);
    return new LedgerStorageEngine(builder, partitions, clock);
  }

  /**
   * Whether another writer has appended to the stream meanwhile. Axon's own resolver looks for an exception type that
   * PostgreSQL's driver does not throw.
   */
  private static boolean isUniqueViolation(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException failed && UNIQUE_VIOLATION.equals(failed.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Axon reports a conflict on a stream's first event by another type. This engine reports every conflict by the same
   * one.
   */
  @Override
  protected void handlePersistenceException(Exception failure, EventMessage<?> failed) {
    if (isUniqueViolation(failure)) {
      throw new ConcurrencyException("another writer has appended to a stream meanwhile", failure);
    }
    super.handlePersistenceException(failure, failed);
  }

  @Override
  protected PreparedStatement appendEvents(Connection connection, List<? extends EventMessage<?>> events,
      Serializer serializer) throws SQLException {
    int count = events.size();
    Integer[] partitionOf = new Integer[count];
    Long[] seqs = new Long[count];
    String[] streams = new String[count];
    Long[] sequences = new Long[count];
    String[] names = new String[count];
    @Nullable Long[] blocks = new @Nullable Long[count];
    byte[][] payloads = new byte[count][];
    for (int i = 0; i < count; i++) {
      DomainEventMessage<?> event = (DomainEventMessage<?>) events.get(i);
      partitionOf[i] = partitionOf(event);
      streams[i] = event.getAggregateIdentifier();
      sequences[i] = event.getSequenceNumber();
      names[i] = EventSerializer.NAMES.nameOf(event.getPayloadType());
      blocks[i] = blockOf(event.getPayload());
      payloads[i] = event.serializePayload(serializer, byte[].class).getData();
    }
    allocateSeqs(connection, partitionOf, seqs);
    PreparedStatement append = connection.prepareStatement(APPEND);
    append.setObject(1, recordedAt());
    append.setArray(2, connection.createArrayOf("int4", partitionOf));
    append.setArray(3, connection.createArrayOf("int8", seqs));
    append.setArray(4, connection.createArrayOf("text", streams));
    append.setArray(5, connection.createArrayOf("int8", sequences));
    append.setArray(6, connection.createArrayOf("text", names));
    append.setArray(7, connection.createArrayOf("int8", blocks));
    append.setArray(8, connection.createArrayOf("bytea", payloads));
    append.addBatch();
    return append;
  }

  /** Locks in the order of the partitions, so that two appends to several partitions cannot deadlock. */
  private static void allocateSeqs(Connection connection, Integer[] partitionOf, Long[] seqs) throws SQLException {
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    for (Integer partition : partitionOf) {
      counts.merge(partition, 1, Integer::sum);
    }
    SortedMap<Integer, Long> next = new TreeMap<>();
    try (PreparedStatement allocate = connection.prepareStatement(ALLOCATE_SEQ)) {
      for (var each : counts.entrySet()) {
        allocate.setInt(1, each.getValue());
        allocate.setInt(2, each.getKey());
        allocate.setInt(3, each.getValue());
        try (ResultSet allocated = allocate.executeQuery()) {
          if (!allocated.next()) {
            throw new SQLException("this event store has no partition " + each.getKey());
          }
          next.put(each.getKey(), allocated.getLong(1));
        }
      }
    }
    for (int i = 0; i < seqs.length; i++) {
      seqs[i] = next.merge(partitionOf[i], 1L, Long::sum) - 1;
    }
  }

  private int partitionOf(DomainEventMessage<?> event) {
    return switch (event.getPayload()) {
      case LedgerEvent ledgerEvent -> partitions.of(ledgerEvent.owner());
      case UsageEvent usageEvent -> partitions.of(usageEvent.owner());
      case PartitionEvent _ -> PartitionStream.partitionOf(event.getAggregateIdentifier());
      default -> throw new IllegalArgumentException("no partition: " + event.getPayloadType());
    };
  }

  /** Null for a rewind and for an event that no chain fact caused, so that a fork does not select it. */
  private static @Nullable Long blockOf(Object event) {
    return switch (event) {
      case LedgerEvent.LedgerRewound _ -> null;
      case LedgerEvent.ChainDriven driven -> driven.cause().position().block();
      default -> null;
    };
  }

  @Override
  protected PreparedStatement readEventData(Connection connection, String stream, long firstSequence, int batchSize)
      throws SQLException {
    PreparedStatement read = connection.prepareStatement(
        FIELDS + "account_event WHERE stream = ? AND sequence >= ? ORDER BY sequence LIMIT ?");
    read.setString(1, stream);
    read.setLong(2, firstSequence);
    read.setInt(3, batchSize);
    return read;
  }

  /** False: a stream has no gaps, so a batch that is not full is the last. */
  @Override
  protected boolean fetchForAggregateUntilEmpty() {
    return false;
  }

  @Override
  protected PreparedStatement readSnapshotData(Connection connection, String stream) throws SQLException {
    PreparedStatement read = connection.prepareStatement(FIELDS + "stream_snapshot WHERE stream = ?");
    read.setString(1, stream);
    return read;
  }

  @Override
  protected PreparedStatement lastSequenceNumberFor(Connection connection, String stream) throws SQLException {
    PreparedStatement read = connection.prepareStatement("SELECT max(sequence) FROM account_event WHERE stream = ?");
    read.setString(1, stream);
    return read;
  }

  /** One row per stream: a newer snapshot replaces the older. */
  @Override
  protected PreparedStatement appendSnapshot(Connection connection, DomainEventMessage<?> snapshot,
      Serializer serializer) throws SQLException {
    PreparedStatement store = connection.prepareStatement("""
        INSERT INTO stream_snapshot (stream, sequence, name, recorded_at, payload) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (stream) DO UPDATE SET sequence = excluded.sequence, name = excluded.name,
          recorded_at = excluded.recorded_at, payload = excluded.payload
        WHERE stream_snapshot.sequence < excluded.sequence""");
    store.setString(1, snapshot.getAggregateIdentifier());
    store.setLong(2, snapshot.getSequenceNumber());
    store.setString(3, EventSerializer.NAMES.nameOf(snapshot.getPayloadType()));
    store.setObject(4, recordedAt(), Types.TIMESTAMP_WITH_TIMEZONE);
    store.setBytes(5, snapshot.serializePayload(serializer, byte[].class).getData());
    return store;
  }

  @Override
  protected PreparedStatement deleteSnapshots(Connection connection, String stream, long sequence)
      throws SQLException {
    PreparedStatement delete =
        connection.prepareStatement("DELETE FROM stream_snapshot WHERE stream = ? AND sequence < ?");
    delete.setString(1, stream);
    delete.setLong(2, sequence);
    return delete;
  }

  @Override
  protected Object readTimeStamp(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private OffsetDateTime recordedAt() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
  }
}
