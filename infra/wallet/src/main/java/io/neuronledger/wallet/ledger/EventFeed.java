package io.neuronledger.wallet.ledger;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** An owner's events as they happen: server-sent events, which the generated client does not read one by one. */
public final class EventFeed {
  /** Four of the service's heartbeats, which come every 15 seconds where its operator has set nothing else. */
  public static final Duration IDLE_MAX = Duration.ofMinutes(1);
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int FAILS = 500;
  private static final int FIELD = 2;

  private final URI events;
  private final Credential credential;
  private final OkHttpClient http;

  /**
   * @param id where to go on after it
   * @param type {@code problem} where the service ends the feed
   * @param data JSON
   */
  public record Received(String id, String type, String data) {}

  /** Takes a feed block by block. */
  public interface Receiver {
    /** An event. */
    void event(Received event);

    /** The feed goes on after this id, also where no event was with it: it must survive a broken connection. */
    void reached(String id);
  }

  /** The ledger cannot answer now. */
  public static final class Unavailable extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> retryAfter;

    Unavailable(String sentence, Optional<Duration> retryAfter) {
      super(sentence);
      this.retryAfter = retryAfter;
    }

    /** After how long it wants to be asked again; empty where it does not say. */
    public Optional<Duration> retryAfter() {
      return retryAfter;
    }
  }

  /**
   * A feed that is not connected yet.
   *
   * @param ledger ledger-query's URL, without a slash at its end
   * @param idleMax after so long without a byte a connection counts as broken; more than zero
   */
  public EventFeed(String ledger, WalletAddress owner, Credential credential, Duration idleMax) {
    this.events = URI.create(ledger + "/v1/ledgers/" + owner.checksummed() + "/events");
    this.credential = credential;
    this.http = new OkHttpClient.Builder().followRedirects(false).connectTimeout(idleMax).readTimeout(idleMax).build();
  }

  /**
   * Receives until the service ends the connection.
   *
   * @param after the id of the last event that is known, {@code beginning} or {@code now}
   * @param untilNow end with the last event that there is
   * @throws CommandFailure if the ledger refuses
   * @throws Unavailable for an answer of 429, or of 500 and above
   * @throws IOException if the connection breaks, also amid an event, or is silent for too long
   */
  public void receive(String after, boolean untilNow, Receiver receiver) throws IOException {
    try (Response response = http.newCall(request(after, untilNow)).execute();
        BufferedReader lines = new BufferedReader(Objects.requireNonNull(response.body()).charStream())) {
      if (response.code() == OK) {
        read(lines, after, receiver);
        return;
      }
      String sentence = "The ledger answers " + response.code() + ", "
          + LedgerClient.detail(String.join("", lines.lines().toList())) + ".";
      if (response.code() == TOO_MANY || response.code() >= FAILS) {
        throw new Unavailable(sentence, Optional.ofNullable(response.header("Retry-After"))
            .filter(seconds -> seconds.matches("\\d{1,6}")).map(Long::parseLong).map(Duration::ofSeconds));
      }
      throw CommandFailure.failed(sentence);
    }
  }

  private Request request(String after, boolean untilNow) {
    HttpRequest.Builder asked = HttpRequest.newBuilder(untilNow ? URI.create(events + "?until=now") : events)
        .header("Accept", "text/event-stream, application/problem+json").header("Last-Event-ID", after);
    credential.accept(asked);
    HttpRequest built = asked.build();
    Request.Builder request = new Request.Builder().url(built.uri().toString());
    built.headers().map().forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
    return request.build();
  }

  /** A block counts once its blank line has come. */
  private static void read(BufferedReader lines, String after, Receiver receiver) throws IOException {
    String id = after;
    String type = "";
    List<String> data = new ArrayList<>();
    boolean amid = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      amid = !line.isEmpty();
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          receiver.event(new Received(id, type, String.join("\n", data)));
        }
        receiver.reached(id);
        type = "";
        data.clear();
        continue;
      }
      String[] field = line.split(": ?", FIELD);
      String value = field.length == FIELD ? field[1] : "";
      switch (field[0]) {
        case "id" -> id = value;
        case "event" -> type = value;
        case "data" -> data.add(value);
        default -> {
          // A comment, or a field for browsers.
        }
      }
    }
    if (amid) {
      throw new EOFException("the feed ends amid an event");
    }
  }
}
