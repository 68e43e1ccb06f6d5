package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.client.query.ApiClient;
import io.neuronledger.client.query.api.ExportsApi;
import io.neuronledger.client.query.api.ExportsApi.APIExportSidecarRequest;
import io.neuronledger.client.query.model.ExportSidecar;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The content of a completed export in a file. What has come is in FILE.part until it is whole, so that a download
 * which broke off goes on; it is renamed once its size and its SHA-256 are those of the sidecar and of
 * {@code Repr-Digest}.
 */
final class ExportDownload {
  private static final int ATTEMPTS_MAX = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PARTIAL = 206;

  private final ApiClient query;
  private final UUID id;
  private final ExportSidecar sidecar;
  private Optional<String> digest = Optional.empty();

  ExportDownload(ApiClient query, UUID id) {
    this.query = query;
    this.id = id;
    this.sidecar = Requests.read(() ->
        new ExportsApi(query).exportSidecar(APIExportSidecarRequest.newBuilder().id(id).build()));
  }

  JsonNode sidecar() {
    return Answers.tree(sidecar);
  }

  String summary() {
    return sidecar.getRows() + " rows, " + sidecar.getBytes() + " bytes, as of block " + sidecar.getAsOf().getBlock()
        + ", SHA-256 " + sidecar.getSha256() + " verified";
  }

  /**
   * Downloads the content, and writes the sidecar beside it.
   *
   * @param wanted empty for the name in the sidecar
   * @param pauses waits before a download that broke off goes on
   * @return the file
   * @throws CommandFailure if the file exists, cannot be written, breaks off again and again, or has another checksum
   */
  Path to(Optional<Path> wanted, Consumer<Duration> pauses) {
    Path file = wanted.orElseGet(() -> Path.of(named(sidecar.getFileName()))).toAbsolutePath();
    if (Files.exists(file)) {
      throw CommandFailure.refused(file + " exists");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      for (int attempt = 1; size(part) < sidecar.getBytes() || attempt == 1; attempt++) {
        if (attempt > ATTEMPTS_MAX) {
          throw CommandFailure.failed("the download broke off " + ATTEMPTS_MAX + " times; " + part + " has "
              + size(part) + " of " + sidecar.getBytes() + " bytes, and the next download goes on there");
        }
        if (attempt > 1) {
          pauses.accept(PAUSE);
        }
        append(part);
      }
      verify(part);
      var _ = Files.writeString(file.resolveSibling(file.getFileName() + ".json"),
          Answers.tree(sidecar).toString() + "\n");
      var _ = Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return file;
    } catch (IOException e) {
      throw CommandFailure.failed("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** A name that cannot be in another folder. */
  private static String named(String name) {
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
      throw CommandFailure.refused("the service names the file " + Printable.of(name) + ": give it a name by --to");
    }
    return name;
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** Fetches what is missing, until it is whole or breaks off. */
  private void append(Path part) throws IOException {
    long from = size(part);
    if (from > 0 && from >= sidecar.getBytes()) {
      return;
    }
    HttpRequest.Builder request = Requests.to(query.getBaseUri(), "/v1/exports/" + id + "/content");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-").header("If-Range", "\"" + sidecar.getSha256() + "\"");
    }
    HttpResponse<InputStream> response = Requests.read(() ->
        Requests.send(query.getHttpClient(), request.build(), BodyHandlers.ofInputStream()));
    digest = response.headers().firstValue("Repr-Digest");
    try (InputStream body = response.body(); OutputStream out = response.statusCode() == PARTIAL
        ? Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
        : Files.newOutputStream(part)) {
      copy(body, out);
    }
  }

  /** A body that breaks off ends here: what has come is kept. A disk that is full does not. */
  private static void copy(InputStream body, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (true) {
      int read;
      try {
        read = body.read(buffer);
      } catch (IOException e) {
        return;
      }
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
    }
  }

  private void verify(Path part) throws IOException {
    byte[] found = sha256(part);
    String hex = HexFormat.of().formatHex(found);
    boolean isDigest = digest.map(header ->
        header.contains("sha-256=:" + Base64.getEncoder().encodeToString(found) + ":")).orElse(true);
    if (size(part) != sidecar.getBytes() || !hex.equals(sidecar.getSha256()) || !isDigest) {
      Files.delete(part);
      throw CommandFailure.failed("the download has the SHA-256 " + hex + ", and the export " + sidecar.getSha256()
          + "; what was downloaded is removed");
    }
  }

  private static byte[] sha256(Path file) throws IOException {
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file),
        MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return in.getMessageDigest().digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
