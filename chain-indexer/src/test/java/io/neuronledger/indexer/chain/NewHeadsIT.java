package io.neuronledger.indexer.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.indexer.fixture.FakeSocket;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.testkit.servers.ManualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A socket is reopened for its own silence, not for an idle chain. */
class NewHeadsIT {
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);
  private static final long HEAD = 1_000;

  private final FakeSocket socket = new FakeSocket();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ManualClock clock = new ManualClock();
  private final AtomicInteger news = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final NewHeads heads = new NewHeads(URI.create(socket.url()), http, news::incrementAndGet,
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2), new SplittableRandom(1)), clock, SILENCE_MAX, meters);

  @AfterEach
  void close() {
    heads.close();
    socket.close();
    http.shutdownNow();
  }

  @Test
  void an_idle_chain_closes_no_socket() {
    subscribe();
    for (int i = 0; i < 100; i++) {
      look(HEAD);
    }
    assertThat(reopened()).isZero();
    announce(HEAD + 1);
    for (int i = 0; i < 100; i++) {
      look(HEAD + 1);
    }
    assertThat(reopened()).isZero();
    assertThat(socket.connections()).isOne();
  }

  @Test
  void a_socket_that_misses_a_new_block_is_reopened() {
    subscribe();
    look(HEAD);
    socket.fallSilent();
    for (int i = 0; i < 4; i++) {
      look(HEAD + 1);
    }
    assertThat(reopened()).as("15 s are not over").isZero();
    look(HEAD + 1);
    assertThat(reopened()).isOne();
    subscribe();
    assertThat(socket.connections()).isEqualTo(2);
    look(HEAD + 1);
    look(HEAD + 1);
    assertThat(reopened()).as("the new one owes nothing").isOne();
  }

  @Test
  void a_socket_that_never_answers_is_reopened_on_an_idle_chain_too() {
    socket.refuseSubscriptions();
    look(HEAD);
    await().until(() -> socket.connections() == 1);
    for (int i = 0; i < 5; i++) {
      look(HEAD);
    }
    assertThat(reopened()).isOne();
  }

  /** Five seconds pass, and the chain is polled. */
  private void look(long head) {
    clock.pass(Duration.ofSeconds(5));
    heads.watch(head);
  }

  /** Waits until the subscription is established and the client has the answer. */
  private void subscribe() {
    look(HEAD);
    await().until(() -> socket.subscribed() == 1 && meters.get("indexer.socket.open").gauge().value() == 1);
  }

  private void announce(long block) {
    int before = news.get();
    socket.announce(block);
    await().until(() -> news.get() > before);
  }

  private double reopened() {
    return meters.get("indexer.socket.reopened").counter().count();
  }
}
