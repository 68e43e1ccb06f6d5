package io.neuronledger.wallet.ledger;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An owner's events as they happen: server-sent events, which the generated client does not read one by one. */
public final class EventFeed {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int FIELD = 2;

  private final URI events;
  private final Credential credential;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build();

  /**
   * @param id where to go on after it
   * @param type {@code problem} where the service ends the feed
   * @param data JSON
   */
  public record Received(String id, String type, String data) {}

  /** @param ledger ledger-query's URL, without a slash at its end */
  public EventFeed(String ledger, WalletAddress owner, Credential credential) {
    this.events = URI.create(ledger + "/v1/ledgers/" + owner.checksummed() + "/events");
    this.credential = credential;
  }

  /**
   * Receives until the connection ends.
   *
   * @param after the id of the last event that is known, {@code beginning} or {@code now}
   * @param untilNow end with the last event that there is
   * @return the id after which to go on
   * @throws CommandFailure if the ledger refuses
   * @throws IOException if the connection breaks; what was received stays received
   */
  public String receive(String after, boolean untilNow, Consumer<Received> receiver) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(untilNow ? URI.create(events + "?until=now") : events)
        .header("Accept", "text/event-stream, application/problem+json").header("Last-Event-ID", after).GET();
    credential.accept(request);
    try {
      HttpResponse<Stream<String>> response = http.send(request.build(), BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        if (response.statusCode() != OK) {
          throw CommandFailure.failed("The ledger answers " + response.statusCode() + ", "
              + LedgerClient.detail(lines.collect(Collectors.joining())) + ".");
        }
        return read(lines.iterator(), after, receiver);
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String read(Iterator<String> lines, String after, Consumer<Received> receiver) {
    String id = after;
    String type = "";
    List<String> data = new ArrayList<>();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          receiver.accept(new Received(id, type, String.join("\n", data)));
        }
        type = "";
        data.clear();
        continue;
      }
      String[] field = line.split(": ?", FIELD);
      switch (field[0]) {
        case "id" -> id = field[1];
        case "event" -> type = field[1];
        case "data" -> data.add(field[1]);
        default -> {
          // A comment, or a field for browsers.
        }
      }
    }
    return id;
  }
}
