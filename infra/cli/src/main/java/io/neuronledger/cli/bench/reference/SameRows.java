package io.neuronledger.cli.bench.reference;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The raw speed of the database: writes rows like the event store's into a table like its own. */
public final class SameRows {
  private static final int BATCH = 2_000;
  private static final int PARTITIONS = 16;
  private static final int STREAMS = 1_000;

  /** Writes the rows from the first to before the last index. */
  private interface Writer {
    void write(Connection connection, int from, int to) throws SQLException;
  }

  private final DataSource database;
  private final List<String> payloads;

  /** @param payloads the events as they are stored */
  public SameRows(DataSource database, List<String> payloads) {
    this.database = database;
    this.payloads = List.copyOf(payloads);
  }

  /** @return rows per second by JDBC batches */
  public double insertedPerSecond() throws SQLException {
    return perSecond("bench_insert", this::insert);
  }

  /** @return rows per second by COPY */
  public double copiedPerSecond() throws SQLException {
    return perSecond("bench_copy", this::copy);
  }

  /** Each batch in a transaction of its own, as the event store's. */
  private double perSecond(String table, Writer writer) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement create = connection.createStatement()) {
        create.execute("""
            CREATE TABLE %s (partition INTEGER NOT NULL, seq BIGINT NOT NULL, stream TEXT NOT NULL,
              sequence BIGINT NOT NULL, name TEXT NOT NULL, block BIGINT, recorded_at TIMESTAMPTZ NOT NULL,
              payload BYTEA NOT NULL, PRIMARY KEY (partition, seq), UNIQUE (stream, sequence))""".formatted(table));
      }
      connection.commit();
      long start = System.nanoTime();
      for (int first = 0; first < payloads.size(); first += BATCH) {
        writer.write(connection, first, Math.min(payloads.size(), first + BATCH));
        connection.commit();
      }
      return payloads.size() / ((System.nanoTime() - start) / 1e9);
    }
  }

  private void insert(Connection connection, int from, int to) throws SQLException {
    OffsetDateTime recordedAt = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO bench_insert VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = from; i < to; i++) {
        insert.setInt(1, i % PARTITIONS);
        insert.setLong(2, i);
        insert.setString(3, "ledger:" + i % STREAMS);
        insert.setLong(4, i);
        insert.setString(5, "fees-settled.v1");
        insert.setLong(6, i);
        insert.setObject(7, recordedAt);
        insert.setBytes(8, payloads.get(i).getBytes(StandardCharsets.UTF_8));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void copy(Connection connection, int from, int to) throws SQLException {
    StringBuilder rows = new StringBuilder();
    for (int i = from; i < to; i++) {
      rows.append(i % PARTITIONS).append('\t').append(i).append("\tledger:").append(i % STREAMS).append('\t').append(i)
          .append("\tfees-settled.v1\t").append(i).append('\t').append(Instant.EPOCH).append("\t\\\\x")
          .append(HexFormat.of().formatHex(payloads.get(i).getBytes(StandardCharsets.UTF_8))).append('\n');
    }
    byte[] text = rows.toString().getBytes(StandardCharsets.UTF_8);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY bench_copy FROM STDIN");
    copy.writeToCopy(text, 0, text.length);
    copy.endCopy();
  }
}
