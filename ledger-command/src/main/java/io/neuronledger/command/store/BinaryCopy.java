package io.neuronledger.command.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Streams rows into a table by {@code COPY}, in PostgreSQL's binary format: neither side converts a value to text. */
final class BinaryCopy implements AutoCloseable {
  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
  /** The signature, flags, and the length of a header extension. */
  private static final int HEADER_BYTES = SIGNATURE.length + 2 * Integer.BYTES;
  private static final short END = -1;
  private static final int NULL = -1;
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int BUFFER_BYTES = 64 << 10;

  private final CopyIn copy;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  /** @param into a table and its columns, in the order of a row's values */
  BinaryCopy(Connection connection, String into) throws SQLException {
    this.copy = connection.unwrap(PGConnection.class).getCopyAPI()
        .copyIn("COPY " + into + " FROM STDIN (FORMAT binary)");
    buffer.put(SIGNATURE).position(HEADER_BYTES);
  }

  BinaryCopy row(int columns) throws SQLException {
    room(Short.BYTES).putShort((short) columns);
    return this;
  }

  BinaryCopy add(int value) throws SQLException {
    room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
    return this;
  }

  BinaryCopy add(long value) throws SQLException {
    room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
    return this;
  }

  BinaryCopy addNull() throws SQLException {
    room(Integer.BYTES).putInt(NULL);
    return this;
  }

  BinaryCopy add(Instant value) throws SQLException {
    return add(ChronoUnit.MICROS.between(EPOCH, value));
  }

  BinaryCopy add(String value) throws SQLException {
    return add(value.getBytes(StandardCharsets.UTF_8));
  }

  BinaryCopy add(byte[] value) throws SQLException {
    room(Integer.BYTES).putInt(value.length);
    if (value.length <= BUFFER_BYTES) {
      room(value.length).put(value);
    } else {
      flush();
      copy.writeToCopy(value, 0, value.length);
    }
    return this;
  }

  /** Ends the copy, which reports a violated constraint. */
  void end() throws SQLException {
    room(Short.BYTES).putShort(END);
    flush();
    copy.endCopy();
  }

  private ByteBuffer room(int bytes) throws SQLException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** Cancels the copy unless it has ended. */
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
