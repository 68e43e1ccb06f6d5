package io.neuronledger.cli.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/** The raw speed of the database: inserts rows like the event store's by JDBC batches. */
final class BatchInsert {
  private static final int BATCH = 2_000;

  private BatchInsert() {}

  /** @return rows per second */
  static double perSecond(DataSource database, List<String> payloads) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement create = connection.createStatement()) {
        create.execute("""
            CREATE TABLE bench_event (partition INTEGER NOT NULL, seq BIGINT NOT NULL, stream TEXT NOT NULL,
              sequence BIGINT NOT NULL, name TEXT NOT NULL, block BIGINT, recorded_at TIMESTAMPTZ NOT NULL,
              payload BYTEA NOT NULL, PRIMARY KEY (partition, seq), UNIQUE (stream, sequence))""");
      }
      connection.commit();
      long start = System.nanoTime();
      for (int first = 0; first < payloads.size(); first += BATCH) {
        insert(connection, payloads, first, Math.min(payloads.size(), first + BATCH));
        connection.commit();
      }
      return payloads.size() / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static void insert(Connection connection, List<String> payloads, int from, int to) throws SQLException {
    OffsetDateTime now = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO bench_event VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = from; i < to; i++) {
        insert.setInt(1, i % 16);
        insert.setLong(2, i);
        insert.setString(3, "ledger:" + i % 1_000);
        insert.setLong(4, i);
        insert.setString(5, "fees-settled.v1");
        insert.setLong(6, i);
        insert.setObject(7, now);
        insert.setBytes(8, payloads.get(i).getBytes(StandardCharsets.UTF_8));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
