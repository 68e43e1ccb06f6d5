package io.neuronledger.client;

import io.neuronledger.client.event.PublicEvent;
import io.neuronledger.client.query.ApiException;
import io.neuronledger.contracts.view.alert.AlertRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The services of one ledger, asked as one caller. The operations are those of the generated classes, which take one of
 * {@link #query}, {@link #command} and {@link #indexer}:
 * {@snippet :
 * LedgerClient ledger = LedgerClient.of(Services.of("http://127.0.0.1:8080"), TokenSource.fixed("nlk_..."));
 * Ledger alice = new BalancesApi(ledger.query()).ledger(APILedgerRequest.newBuilder().owner(owner).build());
 * String zeroG = Neuron.parse(alice.getTotal()).toZeroG();
 * }
 * Each request is sent again where that is safe ({@link Retries}). A refused request ends with a
 * {@link ProblemException}, one that is not answered with an {@link java.io.UncheckedIOException}, and an answer that
 * breaks off, falls silent or cannot be read with the generated {@code ApiException}; none of them has to be caught.
 * Immutable, and safe for several threads.
 */
public final class LedgerClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  /** For headers and each part of a body; the longest that a read waits for its block is 30 seconds by default. */
  static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(1);
  private static final int REDIRECTION = 300;

  private final Services services;
  private final TokenSource tokens;
  private final Retries retries;
  private final Optional<String> minToken;
  private final Transport transport;

  /**
   * Where the services are, also below a path, as {@code https://example.com/ledger}. One that is left out cannot be
   * asked.
   *
   * @param query ledger-query: balances, journal, usage, settlements, alerts, webhooks, exports
   * @param command ledger-command: reports of usage, decisions, API keys, sign-in
   * @param indexer chain-indexer: reconciliation
   */
  public record Services(Optional<String> query, Optional<String> command, Optional<String> indexer) {
    /** ledger-query alone. */
    public static Services of(String query) {
      return new Services(Optional.of(query), Optional.empty(), Optional.empty());
    }

    public Services withCommand(String address) {
      return new Services(query, Optional.of(address), indexer);
    }

    public Services withIndexer(String address) {
      return new Services(query, command, Optional.of(address));
    }
  }

  /** What a request goes through, and by what it waits. */
  private record Transport(HttpClient http, Duration answerTimeout, Consumer<Duration> pauses,
      RandomGenerator random) {}

  private LedgerClient(Services services, TokenSource tokens, Retries retries, Optional<String> minToken,
      Transport transport) {
    this.services = services;
    this.tokens = tokens;
    this.retries = retries;
    this.minToken = minToken;
    this.transport = transport;
  }

  /** A client that repeats requests as {@link Retries#DEFAULT} says. */
  public static LedgerClient of(Services services, TokenSource tokens) {
    return of(services, tokens, LedgerClient::pause, RandomGenerator.getDefault());
  }

  /** @param pauses waits for so long */
  static LedgerClient of(Services services, TokenSource tokens, Consumer<Duration> pauses, RandomGenerator random) {
    // Without the version it would ask for HTTP/2 with each request, which the services do not speak.
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT)
        .build();
    return new LedgerClient(services, tokens, Retries.DEFAULT, Optional.empty(),
        new Transport(http, ANSWER_TIMEOUT, pauses, random));
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to send a request again", e);
    }
  }

  /** The same services, asked as another caller. */
  public LedgerClient as(TokenSource other) {
    return new LedgerClient(services, other, retries, minToken, transport);
  }

  /** The same with requests that are repeated in another way. */
  public LedgerClient with(Retries other) {
    return new LedgerClient(services, tokens, other, minToken, transport);
  }

  /**
   * The same with another way to wait.
   *
   * @param pauses waits for so long: before a request is sent again, and before a subscription connects again
   */
  public LedgerClient waitingBy(Consumer<Duration> pauses) {
    return new LedgerClient(services, tokens, retries, minToken,
        new Transport(transport.http(), transport.answerTimeout(), pauses, transport.random()));
  }

  /**
   * The same with another patience, which is a minute at first.
   *
   * @param timeout for the headers of one answer, and again for each part of its body; more than zero
   */
  public LedgerClient answeredWithin(Duration timeout) {
    return new LedgerClient(services, tokens, retries, minToken,
        new Transport(transport.http(), timeout, transport.pauses(), transport.random()));
  }

  /**
   * The same, whose reads wait until they see a write, and all that was written before it.
   *
   * @param token as the write has answered it, unchanged; of several writes {@code WriteToken.and}
   */
  public LedgerClient seeing(String token) {
    return new LedgerClient(services, tokens, retries, Optional.of(token), transport);
  }

  /** All lists of ledger-query and ledger-command. */
  public Lists lists() {
    return new Lists(this);
  }

  /**
   * Events of one owner or of all over HTTP, as they come. Whenever an answer ends, breaks or falls silent it connects
   * again by the last id, with a new token, after the time that the service has asked for, but after two minutes at
   * most; so it goes on for ever, unless the subscription ends with the last event that there is. The stream waits for
   * the next event on the thread that reads it, and ends by its {@code close}, also from another thread, which
   * interrupts a pause and a request. A request that is refused for good ends it with its {@link ProblemException}, an
   * answer without events with an {@code ApiException}, an event that is none with an {@link IllegalArgumentException},
   * and a consumer that fails with what it has thrown.
   *
   * <p>A fork is an event, too: {@link PublicEvent#isRetractedBy}.
   */
  public Stream<Received<PublicEvent>> subscribe(Subscription subscription) {
    return EventStream.of(this, subscription.path("/events"), subscription, PublicEvent::parse, transport.pauses());
  }

  /** Alerts about one owner or of all, in the same way. */
  public Stream<Received<AlertRecord>> subscribeAlerts(Subscription subscription) {
    return EventStream.of(this, subscription.path("/alerts/events"), subscription, EventStream::alert,
        transport.pauses());
  }

  /**
   * Sends a GET to ledger-query as the others are sent, for what no generated operation reads: a file, or a stream.
   *
   * @param pathAndQuery percent-encoded, from {@code /v1} on
   * @param headers of the request, besides the token
   * @throws ApiException for an answer that is neither a success nor a problem, such as a redirect
   */
  public <T> HttpResponse<T> stream(String pathAndQuery, Map<String, String> headers, BodyHandler<T> handler) {
    io.neuronledger.client.query.ApiClient service = query();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service.getBaseUri() + pathAndQuery)).timeout(transport.answerTimeout());
    headers.forEach(request::setHeader);
    try {
      HttpResponse<T> answer = service.getHttpClient().send(request.build(), handler);
      if (answer.statusCode() >= REDIRECTION) {
        throw new ApiException(answer.statusCode(), pathAndQuery + " answers " + answer.statusCode());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException("GET " + request.build().uri() + " is not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + pathAndQuery, e);
    }
  }

  /**
   * @throws IllegalStateException if no address was given
   * @throws IllegalArgumentException if it is no address
   */
  public io.neuronledger.client.query.ApiClient query() {
    String address = address("ledger-query", services.query());
    HttpClient http = http(address);
    io.neuronledger.client.query.ApiClient client = new io.neuronledger.client.query.ApiClient(HttpClient.newBuilder(),
        io.neuronledger.client.query.ApiClient.createDefaultObjectMapper(), address) {
      @Override
      public HttpClient getHttpClient() {
        return http;
      }
    };
    return client.setReadTimeout(transport.answerTimeout());
  }

  /**
   * @throws IllegalStateException if no address was given
   * @throws IllegalArgumentException if it is no address
   */
  public io.neuronledger.client.command.ApiClient command() {
    String address = address("ledger-command", services.command());
    HttpClient http = http(address);
    io.neuronledger.client.command.ApiClient client =
        new io.neuronledger.client.command.ApiClient(HttpClient.newBuilder(),
            io.neuronledger.client.command.ApiClient.createDefaultObjectMapper(), address) {
          @Override
          public HttpClient getHttpClient() {
            return http;
          }
        };
    return client.setReadTimeout(transport.answerTimeout());
  }

  /**
   * @throws IllegalStateException if no address was given
   * @throws IllegalArgumentException if it is no address
   */
  public io.neuronledger.client.indexer.ApiClient indexer() {
    String address = address("chain-indexer", services.indexer());
    HttpClient http = http(address);
    io.neuronledger.client.indexer.ApiClient client =
        new io.neuronledger.client.indexer.ApiClient(HttpClient.newBuilder(),
            io.neuronledger.client.indexer.ApiClient.createDefaultObjectMapper(), address) {
          @Override
          public HttpClient getHttpClient() {
            return http;
          }
        };
    return client.setReadTimeout(transport.answerTimeout());
  }

  private HttpClient http(String address) {
    String path = Optional.ofNullable(URI.create(address).getRawPath())
        .orElseThrow(() -> new IllegalArgumentException("not the address of a service, as http://host: " + address));
    return new RepeatingHttpClient(path, transport.http(), tokens, retries, minToken, transport.pauses(),
        transport.random());
  }

  private static String address(String service, Optional<String> given) {
    String address = given
        .orElseThrow(() -> new IllegalStateException("the client was made without the address of " + service));
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
