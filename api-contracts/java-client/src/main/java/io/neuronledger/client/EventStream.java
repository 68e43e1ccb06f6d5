package io.neuronledger.client;

import io.neuronledger.client.Subscription.Interruption;
import io.neuronledger.client.query.ApiException;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.view.alert.AlertRecord;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A subscription to server-sent events, over as many connections as it takes. */
final class EventStream<T> extends Spliterators.AbstractSpliterator<Received<T>> {
  private static final String MEDIA_TYPE = "text/event-stream";
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration WAIT_MAX = Duration.ofMinutes(2);
  private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,9}");
  private static final int FIELD = 2;
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int FAILS = 500;
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private final LedgerClient client;
  private final String path;
  private final Subscription subscription;
  private final Function<String, T> parser;
  private final Consumer<Duration> pauses;
  private volatile boolean isClosed;
  private volatile @Nullable Connection connection;
  /** The thread that waits for more than a part of a body. */
  private @Nullable Thread waiting;
  private boolean isInterrupted;
  private String last;
  private Duration retry = RETRY;

  /** An answer that is read. */
  private record Connection(InputStream body, BufferedReader lines) {}

  /** Lines up to a blank one. */
  private record Block(Optional<String> id, String type, List<String> data) {}

  private EventStream(LedgerClient client, String path, Subscription subscription, Function<String, T> parser,
      Consumer<Duration> pauses) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.client = client;
    this.path = path;
    this.subscription = subscription;
    this.parser = parser;
    this.pauses = pauses;
    this.last = subscription.after();
  }

  /**
   * A stream that connects once its first record is wanted.
   *
   * @param parser of a record's JSON
   * @param pauses waits for so long
   */
  static <T> Stream<Received<T>> of(LedgerClient client, String path, Subscription subscription,
      Function<String, T> parser, Consumer<Duration> pauses) {
    EventStream<T> events = new EventStream<>(client, path, subscription, parser, pauses);
    return StreamSupport.stream(events, false).onClose(events::close);
  }

  /** @throws IllegalArgumentException for what is no record of the topic of alerts */
  static AlertRecord alert(String json) {
    try {
      return JSON.readValue(json, AlertRecord.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not an alert: " + Excerpt.of(json), e);
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super Received<T>> action) {
    while (!isClosed) {
      Duration wait = retry;
      Optional<Block> event = Optional.empty();
      try {
        Optional<Block> block = next();
        event = block.filter(each -> !each.type().equals("problem"));
        if (event.isEmpty()) {
          // With a problem it ends because a new request with the same token would be refused.
          disconnect();
        }
        if (block.isEmpty() && subscription.untilNow()) {
          return false;
        }
      } catch (IOException | UncheckedIOException e) {
        interrupted(e instanceof IOException && e.getCause() instanceof HttpTimeoutException silent ? silent : e);
      } catch (ProblemException e) {
        if (e.status() < FAILS && e.status() != TOO_MANY) {
          throw e;
        }
        interrupted(e);
        wait = e.retryAfter().filter(asked -> asked.compareTo(retry) > 0).orElse(retry);
      }
      if (event.isEmpty()) {
        Duration pause = wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX;
        whileOpen(() -> pauses.accept(pause));
      } else if (take(event.get(), action)) {
        return true;
      }
    }
    return false;
  }

  /** Does what may take long, which {@link #close} interrupts, also from another thread; nothing once it is closed. */
  private void whileOpen(Runnable wait) {
    synchronized (this) {
      if (isClosed) {
        return;
      }
      waiting = Thread.currentThread();
    }
    try {
      wait.run();
    } catch (RuntimeException e) {
      if (!isClosed) {
        throw e;
      }
    } finally {
      synchronized (this) {
        waiting = null;
        if (isInterrupted) {
          // By the close alone: the thread has other work.
          isInterrupted = false;
          var _ = Thread.interrupted();
        }
      }
    }
  }

  private void interrupted(Exception cause) {
    disconnect();
    if (!isClosed) {
      subscription.interruptions().accept(new Interruption(last, cause));
    }
  }

  /** @return whether there was a record in the block, which may also only move the id */
  private boolean take(Block block, Consumer<? super Received<T>> action) {
    String id = block.id().orElse(last);
    String data = String.join("\n", block.data());
    if (!data.isBlank()) {
      try {
        action.accept(new Received<>(id, parser.apply(data)));
      } catch (RuntimeException e) {
        disconnect();
        throw e;
      }
    }
    last = id;
    return !data.isBlank();
  }

  /**
   * The next block, which counts once its blank line has come.
   *
   * @return empty where the service has ended its answer
   * @throws IOException where the answer breaks off, also amid a block, or falls silent
   */
  private Optional<Block> next() throws IOException {
    if (connection == null) {
      whileOpen(this::connect);
    }
    Connection known = connection;
    if (known == null) {
      return Optional.empty();
    }
    BufferedReader lines = known.lines();
    Optional<String> id = Optional.empty();
    String type = "";
    List<String> data = new ArrayList<>();
    boolean isAmid = false;
    while (true) {
      String line = lines.readLine();
      if (line == null && isAmid) {
        throw new EOFException("the answer ends amid an event");
      }
      if (line == null) {
        return Optional.empty();
      }
      if (line.isEmpty()) {
        return Optional.of(new Block(id, type, data));
      }
      isAmid = true;
      String[] field = line.split(": ?", FIELD);
      String value = field.length == FIELD ? field[1] : "";
      switch (field[0]) {
        case "id" -> id = Optional.of(value);
        case "event" -> type = value;
        case "data" -> data.add(value);
        case "retry" -> {
          if (MILLISECONDS.matcher(value).matches()) {
            retry = Duration.ofMillis(Long.parseLong(value));
          }
        }
        default -> {
          // A comment, such as a heartbeat, or a field that may be added.
        }
      }
    }
  }

  private void connect() {
    HttpResponse<Object> answer = client.stream(path,
        Map.of("Accept", MEDIA_TYPE + ", application/problem+json", "Last-Event-ID", last), this::body);
    if (!(answer.body() instanceof InputStream body)) {
      throw new ApiException(answer.statusCode(), path + " answers " + answer.statusCode()
          + " without server-sent events");
    }
    connection = new Connection(body, new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
    if (isClosed) {
      disconnect();
    }
  }

  /** Events as they come; anything else as a text. */
  private BodySubscriber<Object> body(ResponseInfo answer) {
    return answer.statusCode() == OK
        && answer.headers().firstValue("Content-Type").orElse("").startsWith(MEDIA_TYPE)
            ? new TimedBody<>(BodySubscribers.mapping(BodySubscribers.ofInputStream(), events -> (Object) events),
                subscription.idleMax())
            : BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), text -> (Object) text);
  }

  private void disconnect() {
    Connection known = connection;
    connection = null;
    if (known != null) {
      try {
        known.body().close();
      } catch (IOException e) {
        throw new UncheckedIOException("the connection to " + path + " cannot be closed", e);
      }
    }
  }

  private void close() {
    synchronized (this) {
      isClosed = true;
      Thread reader = waiting;
      if (reader != null && !reader.equals(Thread.currentThread())) {
        isInterrupted = true;
        reader.interrupt();
      }
    }
    disconnect();
  }
}
