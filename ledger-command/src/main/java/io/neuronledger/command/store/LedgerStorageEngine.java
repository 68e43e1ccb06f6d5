package io.neuronledger.command.store;

import io.neuronledger.command.store.EventTable.StoredEvent;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.contracts.topic.Partitions;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Axon's JDBC engine on this service's tables. */
public final class LedgerStorageEngine extends JdbcEventStorageEngine {
  private static final int READ_BATCH = 1_000;
  /** Most wallets have fewer; of 4,000 streams with as many, the events take some 64 MB. */
  static final int PREFETCHED_EVENTS_MAX = 16;
  private static final String PREFETCHED = PrefetchedStreams.class.getName();
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FIELDS = """
      SELECT found.stream || '@' || sequence AS event_id, split_part(found.stream, ':', 1) AS stream_type,
        found.stream, sequence, name, NULL::text AS revision, recorded_at, payload, '{}'::bytea AS metadata FROM\s""";
  private static final String ASKED = "unnest(?) AS asked (stream) CROSS JOIN LATERAL ";
  /** One lookup along the index for each stream, whatever the planner knows of the table's size. */
  private static final String SNAPSHOTS_OF = FIELDS + ASKED + """
      (SELECT * FROM stream_snapshot WHERE stream_snapshot.stream = asked.stream LIMIT 1) AS found""";
  private static final String EVENTS_OF = FIELDS + ASKED + """
      (SELECT * FROM account_event WHERE account_event.stream = asked.stream AND account_event.sequence > coalesce(
        (SELECT stream_snapshot.sequence FROM stream_snapshot WHERE stream_snapshot.stream = asked.stream), -1)
       ORDER BY account_event.sequence LIMIT ?) AS found ORDER BY found.stream, found.sequence""";
  private static final EventSchema SCHEMA = EventSchema.builder().eventTable("account_event")
      .snapshotTable("stream_snapshot").eventIdentifierColumn("event_id").typeColumn("stream_type")
      .aggregateIdentifierColumn("stream").sequenceNumberColumn("sequence").payloadTypeColumn("name")
      .payloadRevisionColumn("revision").timestampColumn("recorded_at").payloadColumn("payload")
      .metaDataColumn("metadata").globalIndexColumn("seq").build();

  private final EventAppender appender;
  private final Consumer<List<StoredEvent>> committed;
  private final Clock clock;

  private LedgerStorageEngine(Builder builder, EventAppender appender, Consumer<List<StoredEvent>> committed,
      Clock clock) {
    super(builder);
    this.appender = appender;
    this.committed = committed;
    this.clock = clock;
  }

  /** @param committed receives the events of each append after its commit */
  public static LedgerStorageEngine create(ConnectionProvider connections, TransactionManager transactions,
      EventSerializer serializer, EventUpcaster upcasters, Partitions partitions,
      Consumer<List<StoredEvent>> committed, Clock clock) {
    Builder builder = builder().connectionProvider(connections).transactionManager(transactions).schema(SCHEMA)
        .dataType(byte[].class);
    builder.persistenceExceptionResolver(LedgerStorageEngine::isUniqueViolation);
    builder.eventSerializer(serializer).snapshotSerializer(serializer).upcasterChain(upcasters).batchSize(READ_BATCH);
    return new LedgerStorageEngine(builder, new EventAppender(partitions), committed, clock);
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
  protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
    try (Connection connection = getConnection()) {
      List<StoredEvent> appended = appender.append(connection, events, serializer, now());
      // Without a unit of work nothing says when the append is committed: publishers find it by polling.
      CurrentUnitOfWork.ifStarted(work -> work.afterCommit(_ -> committed.accept(appended)));
    } catch (SQLException e) {
      handlePersistenceException(e, events.getFirst());
    }
  }

  /**
   * Reads streams for the rest of the unit of work, by two statements in all: each is then loaded without one of its
   * own, once. A stream with more than {@value #PREFETCHED_EVENTS_MAX} events since its snapshot is read when it is
   * loaded.
   */
  void prefetch(Collection<String> streams) {
    try (Connection connection = getConnection();
        PreparedStatement snapshots = connection.prepareStatement(SNAPSHOTS_OF);
        PreparedStatement events = connection.prepareStatement(EVENTS_OF)) {
      Array asked = connection.createArrayOf("text", streams.toArray());
      snapshots.setArray(1, asked);
      events.setArray(1, asked);
      events.setInt(2, PREFETCHED_EVENTS_MAX + 1);
      PrefetchedStreams prefetched = new PrefetchedStreams(streams, PREFETCHED_EVENTS_MAX);
      try (ResultSet rows = snapshots.executeQuery()) {
        while (rows.next()) {
          prefetched.addSnapshot(getSnapshotData(rows));
        }
      }
      try (ResultSet rows = events.executeQuery()) {
        while (rows.next()) {
          prefetched.addEvent(getDomainEventData(rows));
        }
      }
      CurrentUnitOfWork.get().resources().put(PREFETCHED, prefetched);
    } catch (SQLException e) {
      throw new EventStoreException("cannot read the streams of a unit of work", e);
    }
  }

  private static Optional<PrefetchedStreams> prefetched() {
    return CurrentUnitOfWork.map(work -> work.getResource(PREFETCHED));
  }

  @Override
  protected Stream<? extends DomainEventData<?>> readSnapshotData(String stream) {
    Optional<PrefetchedStreams> prefetched = prefetched().filter(streams -> streams.contain(stream));
    return prefetched.isPresent() ? prefetched.get().snapshot(stream).stream() : super.readSnapshotData(stream);
  }

  @Override
  protected List<? extends DomainEventData<?>> fetchDomainEvents(String stream, long firstSequence, int batchSize) {
    Optional<List<DomainEventData<?>>> events = prefetched().flatMap(streams -> streams.take(stream, firstSequence));
    return events.isPresent() ? events.get() : super.fetchDomainEvents(stream, firstSequence, batchSize);
  }

  @Override
  protected PreparedStatement readEventData(Connection connection, String stream, long firstSequence, int batchSize)
      throws SQLException {
    PreparedStatement read = connection.prepareStatement(
        FIELDS + "account_event AS found WHERE stream = ? AND sequence >= ? ORDER BY sequence LIMIT ?");
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
    PreparedStatement read = connection.prepareStatement(FIELDS + "stream_snapshot AS found WHERE stream = ?");
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
    store.setObject(4, now().atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
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

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
