package io.neuronledger.testkit.servers.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What a role may do, found out by trying. Every statement is rolled back. */
public record RoleRights(DataSource role) {
  /** PostgreSQL's code of a missing right. */
  public static final String INSUFFICIENT_PRIVILEGE = "42501";

  /** The kinds of statements on a table. */
  public enum Kind {
    SELECT("SELECT %2$s FROM %1$s LIMIT 0"),
    INSERT("INSERT INTO %1$s (%2$s) SELECT (NULL::%1$s).%2$s WHERE FALSE"),
    UPDATE("UPDATE %1$s SET %2$s = DEFAULT WHERE FALSE"),
    DELETE("DELETE FROM %1$s WHERE FALSE"),
    TRUNCATE("TRUNCATE %1$s"),
    ALTER("ALTER TABLE %1$s ADD COLUMN intruder INTEGER"),
    INDEX("CREATE INDEX ON %1$s (%2$s)"),
    TRIGGER("CREATE TRIGGER intruder BEFORE UPDATE ON %1$s FOR EACH ROW"
        + " EXECUTE FUNCTION suppress_redundant_updates_trigger()"),
    DROP("DROP TABLE %1$s CASCADE");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /**
   * The kinds of statements that work on each table of a schema; on any of its columns is enough.
   *
   * @throws IllegalStateException if a statement fails for another reason than a missing right
   */
  public Map<String, Set<Kind>> tables(String schema) {
    Map<String, Set<Kind>> allowed = new TreeMap<>();
    try (Connection connection = role.getConnection()) {
      connection.setAutoCommit(false);
      for (Map.Entry<String, List<String>> table : columnsByTable(connection, schema).entrySet()) {
        String name = quoted(schema) + "." + quoted(table.getKey());
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
          for (String column : table.getValue()) {
            if (!kinds.contains(kind) && works(connection, kind.text.formatted(name, quoted(column)))) {
              kinds.add(kind);
            }
          }
        }
        allowed.put(table.getKey(), kinds);
      }
      return allowed;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether a statement works.
   *
   * @throws IllegalStateException if it fails for another reason than a missing right
   */
  public boolean allows(String sql) {
    try (Connection connection = role.getConnection()) {
      connection.setAutoCommit(false);
      return works(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A trigger refuses with the same code, and another message. */
  private static boolean works(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
          && String.valueOf(e.getMessage()).matches("(?s)ERROR: (permission denied|must be |cannot |must have ).*")) {
        return false;
      }
      throw new IllegalStateException(sql, e);
    } finally {
      connection.rollback();
    }
  }

  /** Of everything that has columns: tables, views, partitioned and foreign tables. */
  private static Map<String, List<String>> columnsByTable(Connection connection, String schema) throws SQLException {
    Map<String, List<String>> columns = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement("""
        SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?) AND relkind IN ('r', 'p', 'v', 'm', 'f')
          AND attnum > 0 AND NOT attisdropped ORDER BY relname, attnum""")) {
      query.setString(1, schema);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>()).add(rows.getString(2));
        }
      }
    }
    return columns;
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
