package io.neuronledger.wallet.ledger;

import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An answer in another form than JSON, which the generated client does not ask for. */
public final class LedgerFile {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final int OK = 200;

  private final String ledger;
  private final Credential credential;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build();

  /** @param ledger ledger-query's URL, without a slash at its end */
  public LedgerFile(String ledger, Credential credential) {
    this.ledger = ledger;
    this.credential = credential;
  }

  /**
   * Writes an answer to a file, whole or not at all.
   *
   * @param mediaType the form, text/csv for example
   * @throws CommandFailure for anything but an answer, or a file that cannot be written
   */
  public void write(String pathAndQuery, String mediaType, Path file) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ledger + pathAndQuery)).timeout(DEADLINE)
        .header("Accept", mediaType + ", application/problem+json").GET();
    credential.accept(request);
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() != OK) {
        throw CommandFailure.failed("The ledger answers " + response.statusCode() + ", "
            + LedgerClient.detail(new String(response.body(), StandardCharsets.UTF_8)) + ".");
      }
      save(response.body(), file);
    } catch (IOException e) {
      throw CommandFailure.failed("The ledger " + Printable.origin(ledger) + " does not answer: " + e.getMessage()
          + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("Interrupted while waiting for " + Printable.origin(ledger) + ".", e);
    }
  }

  private static void save(byte[] body, Path file) {
    try {
      var _ = Files.write(file, body);
    } catch (IOException e) {
      throw CommandFailure.failed("The file " + file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }
}
