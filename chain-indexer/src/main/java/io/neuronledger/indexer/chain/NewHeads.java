package io.neuronledger.indexer.chain;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.indexer.rpc.Backoff;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receives new heads over a WebSocket, as a signal to poll and nothing more: polling decides. A socket that stays
 * silent while the polled head passes its last announcement is dead, even if it is open, and is reopened. On an idle
 * chain silence is normal.
 */
public final class NewHeads implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NewHeads.class);
  private static final String SUBSCRIBE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}";
  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(5);
  private static final int MESSAGE_CHARS_MAX = 1 << 20;

  private final URI url;
  private final HttpClient http;
  private final Runnable onNewHead;
  private final Backoff backoff;
  private final Clock clock;
  private final Duration silenceMax;
  private final Counter reopened;

  private volatile Optional<Connection> connection = Optional.empty();
  private int failures;
  private Instant nextTry = Instant.MIN;
  private Optional<Instant> behindSince = Optional.empty();

  /**
   * @param onNewHead called for each new head, on the socket's thread
   * @param silenceMax how long the socket may be behind the polled head
   */
  public NewHeads(URI url, HttpClient http, Runnable onNewHead, Backoff backoff, Clock clock, Duration silenceMax,
      MeterRegistry registry) {
    this.url = url;
    this.http = http;
    this.onNewHead = onNewHead;
    this.backoff = backoff;
    this.clock = clock;
    this.silenceMax = silenceMax;
    this.reopened = Counter.builder("indexer.socket.reopened")
        .description("WebSockets reopened after silence or failure").register(registry);
    registry.gauge("indexer.socket.open", this, heads -> heads.connection.map(c -> c.open && c.subscribed ? 1 : 0)
        .orElse(0));
  }

  /**
   * Opens the socket if it is closed, and checks that it still announces heads. Called after each poll, by one thread.
   *
   * @param polledHead the newest block by polling
   */
  public void watch(long polledHead) {
    Instant now = clock.instant();
    Optional<Connection> current = connection;
    if (current.isEmpty()) {
      if (!now.isBefore(nextTry)) {
        connection = Optional.of(connect());
      }
      return;
    }
    Connection socket = current.get();
    if (socket.failed) {
      reopen(socket, now, "it failed");
    } else if (socket.isBehind(polledHead)) {
      Instant since = behindSince.orElse(now);
      behindSince = Optional.of(since);
      if (Duration.between(since, now).compareTo(silenceMax) > 0) {
        reopen(socket, now, socket.subscribed ? "it was silent about block " + polledHead + " for " + silenceMax
            : "it did not answer the subscription for " + silenceMax);
      }
    } else {
      behindSince = Optional.empty();
      failures = 0;
    }
  }

  @Override
  public void close() {
    connection.ifPresent(Connection::abort);
  }

  private Connection connect() {
    Connection fresh = new Connection();
    var _ = http.newWebSocketBuilder().connectTimeout(CONNECT_DEADLINE).buildAsync(url, fresh)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            log.warn("no WebSocket at {}: {}", url.getHost(), failure.getMessage());
            fresh.failed = true;
          }
        });
    return fresh;
  }

  private void reopen(Connection old, Instant now, String reason) {
    old.abort();
    reopened.increment();
    failures++;
    Duration rest = backoff.after(failures);
    log.warn("the WebSocket at {} is reopened in {}: {}", url.getHost(), rest, reason);
    nextTry = now.plus(rest);
    behindSince = Optional.empty();
    connection = Optional.empty();
  }

  private final class Connection implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();
    private volatile long announcedHead = -1;
    private volatile boolean subscribed;
    /** The head when the subscription was first seen established: the blocks up to it are not announced. */
    private Optional<Long> polledAtFirst = Optional.empty();
    private volatile boolean failed;
    private volatile boolean open;
    private volatile boolean aborted;
    private volatile @Nullable WebSocket socket;

    @Override
    public void onOpen(WebSocket webSocket) {
      socket = webSocket;
      if (aborted) {
        webSocket.abort();   // the connection opened after it was aborted
        return;
      }
      open = true;
      log.info("receiving new heads from {}", url.getHost());
      var _ = webSocket.sendText(SUBSCRIBE, true);
      webSocket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        process(message.toString());
        message.setLength(0);
      } else if (message.length() > MESSAGE_CHARS_MAX) {
        failed = true;
        webSocket.abort();
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
      open = false;
      failed = true;
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      open = false;
      failed = true;
    }

    /** Whether the subscription is not established yet, or the polled head has passed the last announcement. */
    boolean isBehind(long polledHead) {
      if (!subscribed) {
        return true;
      }
      long first = polledAtFirst.orElse(polledHead);
      polledAtFirst = Optional.of(first);
      return polledHead > Math.max(announcedHead, first);
    }

    /**
     * Reads the number of a head, which distinguishes a live socket from a dead one; the rest of the message is
     * ignored.
     */
    private void process(String text) {
      try {
        JsonNode json = JsonMapper.shared().readTree(text);
        if (json.path("result").isString()) {
          subscribed = true;
        }
        JsonNode number = json.path("params").path("result").path("number");
        if (number.isString()) {
          subscribed = true;
          announcedHead = Math.max(announcedHead, Quantity.toLong(number.asString()));
          onNewHead.run();
        }
      } catch (JacksonException | IllegalArgumentException e) {
        log.warn("unreadable message from the WebSocket at {}: {}", url.getHost(), e.getMessage());
      }
    }

    void abort() {
      aborted = true;
      open = false;
      WebSocket opened = socket;
      if (opened != null) {
        opened.abort();
      }
    }
  }
}
