package io.neuronledger.command.store.key;

import io.neuronledger.command.store.form.EventSerializer;
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
import java.util.stream.Stream;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;

/** Axon's JDBC engine on the table {@code api_key_event}. */
final class KeyStorageEngine extends JdbcEventStorageEngine {
  private static final String UNIQUE_VIOLATION = "23505";
  /** Held to the end of the transaction: seq follows the order of commits, without a gap. The number is arbitrary. */
  private static final String WAIT = "SELECT pg_advisory_xact_lock(2015022801)";
  private static final String APPEND = """
      INSERT INTO api_key_event (seq, stream, sequence, name, recorded_at, payload)
      SELECT coalesce(max(seq) + 1, 0), ?, ?, ?, ?, ? FROM api_key_event""";
  private static final String READ = """
      SELECT stream || '@' || sequence AS event_id, split_part(stream, ':', 1) AS stream_type, stream, sequence, name,
        NULL::text AS revision, recorded_at, payload, '{}'::bytea AS metadata
      FROM api_key_event WHERE stream = ? AND sequence >= ? ORDER BY sequence LIMIT ?""";
  private static final EventSchema SCHEMA = EventSchema.builder().eventTable("api_key_event")
      .eventIdentifierColumn("event_id").typeColumn("stream_type")
      .aggregateIdentifierColumn("stream").sequenceNumberColumn("sequence").payloadTypeColumn("name")
      .payloadRevisionColumn("revision").timestampColumn("recorded_at").payloadColumn("payload")
      .metaDataColumn("metadata").globalIndexColumn("seq").build();

  private final Clock clock;

  private KeyStorageEngine(Builder builder, Clock clock) {
    super(builder);
    this.clock = clock;
  }

  static KeyStorageEngine create(ConnectionProvider connections, TransactionManager transactions, Clock clock) {
    EventSerializer serializer = EventSerializer.of(EventSerializer.API_KEY_NAMES);
    Builder builder = builder().connectionProvider(connections).transactionManager(transactions).schema(SCHEMA)
        .dataType(byte[].class);
    builder.eventSerializer(serializer).snapshotSerializer(serializer);
    return new KeyStorageEngine(builder, clock);
  }

  @Override
  protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
    try (Connection connection = getConnection();
        PreparedStatement wait = connection.prepareStatement(WAIT);
        PreparedStatement append = connection.prepareStatement(APPEND)) {
      wait.execute();
      for (EventMessage<?> each : events) {
        DomainEventMessage<?> event = (DomainEventMessage<?>) each;
        append.setString(1, event.getAggregateIdentifier());
        append.setLong(2, event.getSequenceNumber());
        append.setString(3, EventSerializer.API_KEY_NAMES.nameOf(event.getPayloadType()));
        append.setObject(4, clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC),
            Types.TIMESTAMP_WITH_TIMEZONE);
        append.setBytes(5, event.serializePayload(serializer, byte[].class).getData());
        append.executeUpdate();
      }
    } catch (SQLException e) {
      handlePersistenceException(e, events.getFirst());
    }
  }

  @Override
  protected void handlePersistenceException(Exception failure, EventMessage<?> failed) {
    if (failure instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
      throw new ConcurrencyException("another writer has appended to the key's stream meanwhile", failure);
    }
    super.handlePersistenceException(failure, failed);
  }

  @Override
  protected PreparedStatement readEventData(Connection connection, String stream, long firstSequence, int batchSize)
      throws SQLException {
    PreparedStatement read = connection.prepareStatement(READ);
    read.setString(1, stream);
    read.setLong(2, firstSequence);
    read.setInt(3, batchSize);
    return read;
  }

  /** A key has few events. */
  @Override
  protected Stream<? extends DomainEventData<?>> readSnapshotData(String stream) {
    return Stream.empty();
  }

  @Override
  protected PreparedStatement lastSequenceNumberFor(Connection connection, String stream) throws SQLException {
    PreparedStatement read = connection.prepareStatement("SELECT max(sequence) FROM api_key_event WHERE stream = ?");
    read.setString(1, stream);
    return read;
  }

  @Override
  protected Object readTimeStamp(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
