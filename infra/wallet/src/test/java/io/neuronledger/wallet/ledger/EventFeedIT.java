package io.neuronledger.wallet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that says nothing any more, as one does that a machine in between has forgotten. */
class EventFeedIT {
  private static final WalletAddress OWNER = WalletAddress.typed("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");

  private final CountDownLatch ended = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> reached = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write("id: 3-41\n\n".getBytes(UTF_8));
      exchange.getResponseBody().flush();
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    server.start();
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  @Timeout(60)
  void a_silent_connection_counts_as_broken() {
    EventFeed feed = new EventFeed("http://127.0.0.1:" + server.getAddress().getPort(), OWNER, Credential.none(),
        Duration.ofMillis(200));
    assertThatThrownBy(() -> feed.receive("now", false, new EventFeed.Receiver() {
      @Override
      public void event(EventFeed.Received event) {
        throw new IllegalStateException("no event was sent");
      }

      @Override
      public void reached(String id) {
        reached.add(id);
      }
    })).isInstanceOf(IOException.class);
    assertThat(reached).containsExactly("3-41");
  }
}
