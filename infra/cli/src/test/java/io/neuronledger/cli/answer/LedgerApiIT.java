package io.neuronledger.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.neuronledger.client.TokenSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of a service that limits its callers. */
class LedgerApiIT {
  private final Deque<String> refusals = new ArrayDeque<>();
  private final List<Duration> waits = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private LedgerApi api;

  /** Refuses as often as there are entries, each with its {@code Retry-After}; then it answers. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      var _ = asked.incrementAndGet();
      String refused = refusals.poll();
      if (refused != null && !refused.isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", refused);
      }
      exchange.sendResponseHeaders(refused == null ? 200 : 429, -1);
      exchange.close();
    });
    server.start();
    api = new LedgerApi("http://127.0.0.1:" + server.getAddress().getPort(), TokenSource.none(), false,
        waits::add);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_request_beyond_the_rate_is_sent_again_when_the_service_allows_it() {
    refusals.addAll(List.of("0", "7", "", "soon"));
    assertThat(api.get("/v1/status").statusCode()).isEqualTo(200);
    assertThat(asked).hasValue(5);
    assertThat(waits).containsExactly(Duration.ofMillis(200), Duration.ofSeconds(7), Duration.ofSeconds(1),
        Duration.ofSeconds(1));
    refusals.add("2");
    assertThat(api.post("/v1/usage", "[]").statusCode()).isEqualTo(200);
    assertThat(asked).hasValue(7);
  }

  @Test
  void the_waits_for_one_request_last_two_minutes_at_most() {
    refusals.add("121");
    assertThat(api.get("/v1/status").statusCode()).isEqualTo(429);
    assertThat(waits).isEmpty();
    refusals.addAll(List.of("100", "20"));
    assertThat(api.get("/v1/status").statusCode()).isEqualTo(200);
    refusals.addAll(List.of("100", "21"));
    assertThat(api.get("/v1/status").statusCode()).isEqualTo(429);
    assertThat(waits).containsExactly(Duration.ofSeconds(100), Duration.ofSeconds(20), Duration.ofSeconds(100));
  }
}
