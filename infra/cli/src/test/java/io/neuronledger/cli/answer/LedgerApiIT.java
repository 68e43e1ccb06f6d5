package io.neuronledger.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.neuronledger.client.TokenSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked goes through the Java client: it is sent again where that is safe, and a problem is an answer. */
class LedgerApiIT {
  private static final byte[] PROBLEM = "{\"code\":\"c\"}".getBytes(StandardCharsets.UTF_8);

  private final Deque<Integer> refusals = new ArrayDeque<>();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private LedgerApi api;

  /** Refuses as often as there are entries; then it answers. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      try (exchange) {
        var _ = asked.incrementAndGet();
        Integer refused = refusals.poll();
        exchange.sendResponseHeaders(refused == null ? 200 : refused, PROBLEM.length);
        exchange.getResponseBody().write(PROBLEM);
      }
    });
    server.start();
    api = new LedgerApi("http://127.0.0.1:" + server.getAddress().getPort(), TokenSource.none());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_request_is_sent_again_where_that_is_safe() {
    refusals.addAll(List.of(429, 503));
    assertThat(api.get("/v1/status").statusCode()).isEqualTo(200);
    refusals.addAll(List.of(429, 503));
    assertThat(api.post("/v1/webhooks", "{}").statusCode()).as("it may have made one").isEqualTo(503);
    assertThat(asked).hasValue(5);
  }

  @Test
  void a_problem_is_an_answer() {
    refusals.add(404);
    LedgerApi.Answer answer = api.get("/v1/ledgers/0x1");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"code\":\"c\"}");
    refusals.add(404);
    assertThat(api.find("/v1/ledgers/0x1")).isEmpty();
  }
}
