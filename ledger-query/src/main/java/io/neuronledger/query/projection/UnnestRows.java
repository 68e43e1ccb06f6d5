package io.neuronledger.query.projection;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Rows for one statement of any kind: one array per column, read by {@code unnest}. */
public final class UnnestRows implements RowSink {
  /** The placeholder of the rows in a statement: {@code INSERT INTO t (a, b) SELECT * FROM $rows}. */
  public static final String PLACEHOLDER = "$rows";

  private static final int HEX_PREFIX = 2;

  private final List<String> types;
  private final List<List<@Nullable Object>> columns;

  private UnnestRows(List<String> types) {
    this.types = types;
    this.columns = types.stream().<List<@Nullable Object>>map(_ -> new ArrayList<>()).toList();
  }

  /** @param types the PostgreSQL names of the column types; not domains */
  public static UnnestRows of(String... types) {
    return new UnnestRows(List.of(types));
  }

  @Override
  public void add(Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
    }
    for (int i = 0; i < values.length; i++) {
      columns.get(i).add(encoded(values[i]));
    }
  }

  public int size() {
    return columns.getFirst().size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /**
   * Runs {@code sql} with the rows in place of {@link #PLACEHOLDER}; does nothing without rows.
   *
   * @return the number of rows that the statement changed
   */
  public int write(DSLContext db, String sql) {
    if (isEmpty()) {
      return 0;
    }
    return db.connectionResult(connection -> execute(connection, withRows(sql)));
  }

  /** Reads a row of a result. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Runs the query {@code sql} with the rows in place of {@link #PLACEHOLDER}; does nothing without rows.
   *
   * @return the values that {@code reader} made of the result's rows, in their order
   */
  public <T> List<T> read(DSLContext db, String sql, RowReader<T> reader) {
    return isEmpty() ? List.of() : db.connectionResult(connection -> query(connection, withRows(sql), reader));
  }

  private String withRows(String sql) {
    return sql.replace(PLACEHOLDER,
        types.stream().map(type -> "?::" + type + "[]").collect(Collectors.joining(", ", "unnest(", ")")));
  }

  private <T> List<T> query(Connection connection, String sql, RowReader<T> reader) throws SQLException {
    return prepared(connection, sql, statement -> {
      try (ResultSet result = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(reader.read(result));
        }
        return rows;
      }
    });
  }

  private int execute(Connection connection, String sql) throws SQLException {
    return prepared(connection, sql, PreparedStatement::executeUpdate);
  }

  private interface Execution<T> {
    T execute(PreparedStatement statement) throws SQLException;
  }

  private <T> T prepared(Connection connection, String sql, Execution<T> execution) throws SQLException {
    List<Array> arrays = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        Array array = connection.createArrayOf(types.get(i), columns.get(i).toArray());
        arrays.add(array);
        statement.setArray(i + 1, array);
      }
      return execution.execute(statement);
    } finally {
      for (Array array : arrays) {
        array.free();
      }
    }
  }

  /** PostgreSQL's text form: arrays are sent as text. */
  private static @Nullable Object encoded(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.isPresent() ? encoded(optional.get()) : null;
      case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
      case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : null;
      case WalletAddress address -> bytea(address.value());
      case Hash hash -> bytea(hash.value());
      case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
      case Neuron _, ServiceName _, Instant _ -> value.toString();
      default -> value;
    };
  }

  private static String bytea(String hex) {
    return "\\x" + hex.substring(HEX_PREFIX);
  }
}
