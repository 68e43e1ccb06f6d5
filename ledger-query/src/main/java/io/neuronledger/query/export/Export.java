package io.neuronledger.query.export;

import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer of any length, written to a temporary file while it is read from the database, and sent from there. So a
 * slow caller holds no database connection, and a failure before the end sends nothing. Its headers have its length and
 * its SHA-256, by which a caller sees that it is whole.
 */
public final class Export implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final String DIGEST = "Repr-Digest";

  private final Runnable takesSlot;
  private final Runnable freesSlot;
  private final ExportLimits limits;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable Content content;

  /**
   * @param takesSlot called before the file is made; throws if there is none
   * @param freesSlot called once the file is removed
   */
  Export(Runnable takesSlot, Runnable freesSlot, ExportLimits limits) {
    this.takesSlot = takesSlot;
    this.freesSlot = freesSlot;
    this.limits = limits;
  }

  /** The header of a representation with that SHA-256 (RFC 9530). */
  public static void describe(byte[] sha256, BiConsumer<String, String> header) {
    header.accept(DIGEST, "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":");
  }

  /** The file, as it is stored and as it is written. */
  private record Content(Path file, OutputStream stored, OutputStream body, MessageDigest digest) {
    private static Content create(ExportLimits limits) throws IOException {
      Path file = Files.createTempFile("neuron-ledger-export-", ".tmp");
      OutputStream stored = Files.newOutputStream(file);
      MessageDigest digest = sha256();
      OutputStream hashed = new DigestOutputStream(stored, digest);
      return new Content(file, stored, new BufferedOutputStream(new Limited(hashed, file, limits), BUFFER), digest);
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
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

  /**
   * The stream for the content.
   *
   * @throws Refusal if too many exports are in progress
   */
  public OutputStream body() {
    return content().body;
  }

  private Content content() {
    Content open = content;
    if (open == null) {
      open = create();
      content = open;
    }
    return open;
  }

  private Content create() {
    takesSlot.run();
    boolean isCreated = false;
    try {
      Content created = Content.create(limits);
      isCreated = true;
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!isCreated) {
        freesSlot.run();
      }
    }
  }

  void sendTo(HttpServletResponse response) throws IOException {
    Content whole = content();
    whole.body.close();
    headers.forEach(response::setHeader);
    describe(whole.digest.digest(), response::setHeader);
    response.setContentLengthLong(Files.size(whole.file));
    Files.copy(whole.file, response.getOutputStream());
    response.flushBuffer();
  }

  @Override
  public void close() {
    Content open = content;
    if (open == null) {
      return;
    }
    try {
      // Not through the buffer: what is left there of a failed export is not wanted.
      open.stored.close();
      Files.deleteIfExists(open.file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + open.file, e);
    } finally {
      freesSlot.run();
    }
  }
}
