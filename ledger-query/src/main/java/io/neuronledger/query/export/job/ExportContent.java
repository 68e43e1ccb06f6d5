package io.neuronledger.query.export.job;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.query.export.ExportLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes the content of one export beside its place, counted and hashed; {@link #publish} puts it there. */
final class ExportContent extends OutputStream {
  private static final int BUFFER = 64 * 1024;

  private final Path part;
  private final Path content;
  private final ExportLimits limits;
  private final FileChannel file;
  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long bytes;

  /**
   * @param part the file that is written
   * @param content its name once it is whole
   */
  ExportContent(Path part, Path content, ExportLimits limits) throws IOException {
    this.part = part;
    this.content = content;
    this.limits = limits;
    this.file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    bytes += length;
    limits.requireBytes(bytes, ProblemCode.TOO_MUCH_AT_ONCE);
    int done = 0;
    while (done < length) {
      int next = Math.min(length - done, buffer.remaining());
      buffer.put(from, offset + done, next);
      done += next;
      if (!buffer.hasRemaining()) {
        drain();
      }
    }
  }

  private void drain() throws IOException {
    limits.requireFree(part);
    digest.update(buffer.flip().duplicate());
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }

  long bytes() {
    return bytes;
  }

  /**
   * Ends the content and gives it its name, in one step, once the disk has it.
   *
   * @return its SHA-256, in lower-case hex digits
   */
  String publish() throws IOException {
    drain();
    file.force(true);
    file.close();
    Files.move(part, content, StandardCopyOption.ATOMIC_MOVE);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(part);
  }
}
