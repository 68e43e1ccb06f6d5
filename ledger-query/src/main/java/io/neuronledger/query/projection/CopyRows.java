package io.neuronledger.query.projection;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Inserts many rows into one table by {@code COPY}. This is the fastest way, for rows that cannot exist yet. */
public final class CopyRows implements RowSink {
  private static final byte[] NULL = ascii("\\N");
  private static final byte[] BYTEA = ascii("\\\\x");
  private static final int HEX_PREFIX = 2;
  private static final int ROW_BYTES = 1024;

  private final Table<?> table;
  private final RowColumns columns;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(ROW_BYTES);
  private int rows;

  private CopyRows(Table<?> table, RowColumns columns) {
    this.table = table;
    this.columns = columns;
  }

  /** @param fields the columns of the table, in the order in which values are added */
  public static CopyRows into(Table<?> table, Field<?>... fields) {
    return new CopyRows(table, new RowColumns(List.of(fields)));
  }

  @Override
  public void add(Object... values) {
    columns.requireCount(values.length);
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        text.write('\t');
      }
      write(columns.checked(i, values[i]));
    }
    text.write('\n');
    rows++;
  }

  /**
   * Does nothing without rows.
   *
   * @return the number of rows written
   */
  public int write(DSLContext db) {
    if (rows > 0) {
      db.connection(this::copy);
    }
    return rows;
  }

  private void copy(Connection connection) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI()
        .copyIn("COPY " + table.getName() + " (" + columns.names() + ") FROM STDIN");
    try {
      byte[] bytes = text.toByteArray();
      copy.writeToCopy(bytes, 0, bytes.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void write(@Nullable Object value) {
    switch (value) {
      case null -> text.writeBytes(NULL);
      case WalletAddress address -> writeHex(address.value());
      case Hash hash -> writeHex(hash.value());
      case byte[] json -> writeEscaped(json);
      case Number number -> text.writeBytes(ascii(number.toString()));
      case Boolean bool -> text.write(bool ? 't' : 'f');
      default -> writeEscaped(value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void writeHex(String prefixed) {
    text.writeBytes(BYTEA);
    text.writeBytes(ascii(prefixed.substring(HEX_PREFIX)));
  }

  /** The four bytes that COPY interprets never occur inside a multi-byte UTF-8 character. */
  private void writeEscaped(byte[] utf8) {
    int from = 0;
    for (int i = 0; i < utf8.length; i++) {
      char escape = switch (utf8[i]) {
        case '\\' -> '\\';
        case '\n' -> 'n';
        case '\r' -> 'r';
        case '\t' -> 't';
        default -> 0;
      };
      if (escape != 0) {
        text.write(utf8, from, i - from);
        text.write('\\');
        text.write(escape);
        from = i + 1;
      }
    }
    text.write(utf8, from, utf8.length - from);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
