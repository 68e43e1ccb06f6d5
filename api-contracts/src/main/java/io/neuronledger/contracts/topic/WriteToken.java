package io.neuronledger.contracts.topic;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * How far the account events must have been read to see a write, in every partition that it has written. Opaque to
 * callers: a write answers it, and a read waits for it. JSON: URL-safe text, at most {@value #LENGTH_MAX} characters.
 *
 * @param chainId of the deployment
 * @param next by partition: all records below this {@code seq} must have been read
 */
public record WriteToken(long chainId, SortedMap<Integer, Long> next) {
  public static final int LENGTH_MAX = 24_000;

  /** Another form of the token gets another number, which this one refuses. */
  private static final byte FORM = 1;
  private static final int HEADER = Byte.BYTES + Long.BYTES;
  private static final int PLACE = Short.BYTES + Long.BYTES;
  private static final int CHECKSUM = Integer.BYTES;
  private static final int UNSIGNED = 0xffff;

  /** @throws IllegalArgumentException for a negative number */
  public WriteToken {
    next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    next.forEach((partition, seq) -> {
      if (partition < 0 || partition > UNSIGNED || seq < 0) {
        throw new IllegalArgumentException("no place in a partition: " + partition + ", " + seq);
      }
    });
  }

  /** A token for both writes, of one deployment. */
  public WriteToken and(WriteToken other) {
    SortedMap<Integer, Long> both = new TreeMap<>(next);
    other.next.forEach((partition, seq) -> both.merge(partition, seq, Math::max));
    return new WriteToken(chainId, both);
  }

  /** @throws IllegalArgumentException for what is not a whole token, or a token of another form */
  @JsonCreator
  public static WriteToken parse(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException("not a token");
    }
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (bytes.length < HEADER + CHECKSUM || (bytes.length - HEADER - CHECKSUM) % PLACE != 0
        || !encoded(bytes).equals(text)) {
      throw new IllegalArgumentException("not a token");
    }
    ByteBuffer read = ByteBuffer.wrap(bytes);
    if (read.getInt(bytes.length - CHECKSUM) != checksum(bytes)) {
      throw new IllegalArgumentException("not a whole token");
    }
    if (read.get() != FORM) {
      throw new IllegalArgumentException("a token of another form: this service is older or newer than the one that"
          + " gave it");
    }
    long chainId = read.getLong();
    SortedMap<Integer, Long> next = new TreeMap<>();
    while (read.remaining() > CHECKSUM) {
      next.put(Short.toUnsignedInt(read.getShort()), read.getLong());
    }
    return new WriteToken(chainId, next);
  }

  @JsonValue
  @Override
  public String toString() {
    ByteBuffer written = ByteBuffer.allocate(HEADER + next.size() * PLACE + CHECKSUM).put(FORM).putLong(chainId);
    next.forEach((partition, seq) -> written.putShort((short) (int) partition).putLong(seq));
    byte[] bytes = written.array();
    written.putInt(checksum(bytes));
    return encoded(bytes);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Of everything but the last four bytes, which hold it. */
  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - CHECKSUM);
    return (int) checksum.getValue();
  }
}
