package io.neuronledger.query.export;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
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
  private final Path file;
  private final OutputStream body;
  private final Map<String, String> headers = new LinkedHashMap<>();

  Export() throws IOException {
    this.file = Files.createTempFile("neuron-ledger-export-", ".tmp");
    this.body = new BufferedOutputStream(Files.newOutputStream(file));
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
      body.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }
}
