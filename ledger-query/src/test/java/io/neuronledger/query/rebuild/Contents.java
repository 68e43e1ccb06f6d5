package io.neuronledger.query.rebuild;

import io.neuronledger.testkit.servers.database.Login;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the schemas on a connection of its own, optionally in one long transaction. */
final class Contents implements AutoCloseable {
  private final Connection connection;

  /** @param role which sees the transactions of its own sessions, or of all as the superuser */
  Contents(String url, Login role) {
    try {
      connection = role.on(url).getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> strings(String sql) {
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every row of every table, except that of the migrations, as text, in a fixed order. */
  Map<String, List<String>> tables(String schema) {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String table : strings("SELECT tablename FROM pg_tables WHERE schemaname = '" + schema
        + "' AND tablename <> 'flyway_schema_history'")) {
      tables.put(table, strings("SELECT x::text FROM " + schema + "." + table
          + " AS x ORDER BY x::text COLLATE \"C\""));
    }
    return tables;
  }

  List<String> schemas() {
    return strings("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read\\_model%' ORDER BY nspname");
  }

  /** Begins a transaction as another program in this database. */
  Contents beginAsOtherProgram() {
    run("BEGIN");
    strings("SELECT 1");
    return this;
  }

  /** As a connection of the service for exports. */
  Contents forExports() {
    run("SET application_name = 'ledger-query-export'");
    return this;
  }

  /** Begins a transaction that keeps the live generation from being dropped, as a long export does. */
  Contents begin() {
    forExports().run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    strings("SELECT schema_name FROM read_model_control.live");
    return this;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
