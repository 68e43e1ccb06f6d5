package io.neuronledger.query.export;

import io.neuronledger.foundation.problem.ProblemCode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of any length, written to a temporary file while it is read from the database, and sent from there. So a
 * slow caller holds no database connection, and a failure before the end sends nothing.
 */
public final class Export implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Path file;
  private final OutputStream stored;
  private final OutputStream body;
  private final Map<String, String> headers = new LinkedHashMap<>();

  Export(ExportLimits limits) throws IOException {
    this.file = Files.createTempFile("neuron-ledger-export-", ".tmp");
    this.stored = Files.newOutputStream(file);
    this.body = new BufferedOutputStream(new Limited(stored, file, limits), BUFFER);
  }

  /** Refuses what would make the file too long, or fill its disk. */
  private static final class Limited extends FilterOutputStream {
    private final Path file;
    private final ExportLimits limits;
    private long bytes;

    private Limited(OutputStream stored, Path file, ExportLimits limits) {
      super(stored);
      this.file = file;
      this.limits = limits;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      bytes += length;
      limits.requireBytes(bytes, ProblemCode.BAD_PARAMETER);
      limits.requireFree(file);
      out.write(from, offset, length);
    }
  }

  public Export header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** The stream for the content. */
  public OutputStream body() {
    return body;
  }

  void sendTo(HttpServletResponse response) throws IOException {
    body.close();
    headers.forEach(response::setHeader);
    response.setContentLengthLong(Files.size(file));
    Files.copy(file, response.getOutputStream());
    response.flushBuffer();
  }

  @Override
  public void close() {
    try {
      // Not through the buffer: what is left there of a failed export is not wanted.
      stored.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }
}
