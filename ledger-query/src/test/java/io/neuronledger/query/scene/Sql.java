package io.neuronledger.query.scene;

import io.neuronledger.infra.servers.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A hand on a service's database, as an administrator has it: to hold a table, to look who waits. */
public final class Sql {
  private Sql() {}

  public static Connection connect(PostgresServer postgres, String database) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(database), postgres.user(), postgres.password());
  }

  public static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Whether the one value that it selects is true. */
  public static boolean isTrue(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() && rows.getBoolean(1);
    }
  }
}
