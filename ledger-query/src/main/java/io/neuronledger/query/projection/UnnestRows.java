package io.neuronledger.query.projection;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Rows for one statement of any kind: one array per column, read by {@code unnest}. For example
 * {@code INSERT INTO t ($columns) SELECT * FROM $rows}.
 */
public final class UnnestRows implements RowSink {
  /** The number of a row, for statements that have to find or order rows by it. */
  public static final Field<Integer> NTH = DSL.field(DSL.name("nth"), SQLDataType.INTEGER);

  private static final String ROWS = "$rows";
  private static final String COLUMNS = "$columns";
  private static final int HEX_PREFIX = 2;

  private final RowColumns columns;
  private final List<String> types;
  private final List<List<@Nullable Object>> values;

  private UnnestRows(RowColumns columns) {
    this.columns = columns;
    this.types = columns.types();
    this.values = types.stream().<List<@Nullable Object>>map(_ -> new ArrayList<>()).toList();
  }

  /** @param fields the columns, in the order in which values are added; under another name by {@link Field#as} */
  public static UnnestRows of(Field<?>... fields) {
    return new UnnestRows(new RowColumns(List.of(fields)));
  }

  @Override
  public void add(Object... row) {
    columns.requireCount(row.length);
    for (int i = 0; i < row.length; i++) {
      values.get(i).add(encoded(columns.checked(i, row[i])));
    }
  }

  public int size() {
    return values.getFirst().size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /**
   * Runs {@code sql} with the rows in place of {@code $rows} and their names in place of {@code $columns}; does nothing
   * without rows.
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
   * Runs a query as {@link #write} does.
   *
   * @return the values that {@code reader} made of the result's rows, in their order
   */
  public <T> List<T> read(DSLContext db, String sql, RowReader<T> reader) {
    return isEmpty() ? List.of() : db.connectionResult(connection -> query(connection, withRows(sql), reader));
  }

  private String withRows(String sql) {
    return sql.replace(COLUMNS, columns.names()).replace(ROWS,
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
      for (int i = 0; i < types.size(); i++) {
        Array array = connection.createArrayOf(types.get(i), values.get(i).toArray());
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
  private static @Nullable Object encoded(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case WalletAddress address -> bytea(address.value());
      case Hash hash -> bytea(hash.value());
      case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
      case Number _, Boolean _ -> value;
      default -> value.toString();
    };
  }

  private static String bytea(String hex) {
    return "\\x" + hex.substring(HEX_PREFIX);
  }
}
