package io.neuronledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.ScriptedService.Asked;
import io.neuronledger.client.ScriptedService.End;
import io.neuronledger.client.Subscription.Interruption;
import io.neuronledger.client.event.PublicEvent;
import io.neuronledger.client.query.ApiException;
import io.neuronledger.contracts.event.LedgerEvent.FundsDeposited;
import io.neuronledger.contracts.view.alert.AlertType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events over HTTP: over connections that end, break and fall silent. */
@Timeout(60)
class SubscriptionIT {
  /** Longer than an answer that is not silent takes, also on a busy machine. */
  private static final Duration IDLE_MAX = Duration.ofSeconds(3);
  private static final String PROBLEM = "event: problem\ndata: {\"code\":\"credential-expired\"}\n\n";

  private final ScriptedService service = new ScriptedService();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Interruption> interruptions = new ArrayList<>();
  private final LedgerClient client =
      LedgerClient.of(Services.of(service.url()), TokenSource.none(), pauses::add, new Random(1)).with(Retries.NONE);

  @AfterEach
  void stop() {
    service.close();
  }

  private static ObjectNode example(String file) {
    try (InputStream schema = SubscriptionIT.class.getResourceAsStream("/asyncapi/" + file + ".json")) {
      return (ObjectNode) JsonMapper.shared().readTree(Objects.requireNonNull(schema)).at("/examples/0");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String event(String id, int seq) {
    return "id: %s\nevent: funds-deposited.v1\ndata: %s\n\n".formatted(id,
        example("public-events/funds-deposited.v1").put("seq", seq));
  }

  private List<String> read(LedgerClient from, Subscription subscription) {
    try (Stream<Received<PublicEvent>> events =
        from.subscribe(subscription.onInterruption(interruptions::add))) {
      return events.map(each -> each.id() + " " + each.record().type() + " " + each.record().seq()).toList();
    }
  }

  @Test
  void it_goes_on_by_its_last_id_with_a_new_token_and_ends_with_the_last_event() {
    Queue<String> tokens = new ArrayDeque<>(List.of("first", "second", "third"));
    service.thenEvents("retry: 50\n\n:\n\n" + event("3-0", 0) + PROBLEM, End.WHOLE)
        .thenProblem(503, "starting", 7).thenEvents(event("3-1", 1) + "id: 3-4\n\n", End.WHOLE);
    assertThat(read(client.as(() -> Optional.of(tokens.remove())), Subscription.of("0xa", "beginning").untilLast()))
        .containsExactly("3-0 funds-deposited.v1 0", "3-1 funds-deposited.v1 1");
    assertThat(service.asked()).containsExactly(
        new Asked("GET", "/v1/ledgers/0xa/events?until=now", "Bearer first", ""),
        new Asked("GET", "/v1/ledgers/0xa/events?until=now", "Bearer second", ""),
        new Asked("GET", "/v1/ledgers/0xa/events?until=now", "Bearer third", ""));
    assertThat(service.lastEventIds()).containsExactly("beginning", "3-0", "3-0");
    assertThat(pauses).containsExactly(Duration.ofMillis(50), Duration.ofSeconds(7));
    assertThat(interruptions).singleElement().satisfies(each -> {
      assertThat(each.after()).isEqualTo("3-0");
      assertThat(each.cause()).isInstanceOf(ProblemException.class);
    });
  }

  @Test
  void each_event_is_typed() {
    service.thenEvents(event("3-0", 0), End.WHOLE);
    try (Stream<Received<PublicEvent>> events = client.subscribe(Subscription.ofAll("beginning").untilLast())) {
      assertThat(events).singleElement().satisfies(each ->
          assertThat(each.record().event().orElseThrow()).isInstanceOf(FundsDeposited.class));
    }
    assertThat(service.asked().getFirst().uri()).isEqualTo("/v1/events?until=now");
  }

  @Test
  void what_has_come_by_id_alone_is_not_lost_and_half_an_event_comes_again() {
    service.thenEvents("id: 3-7\n\n", End.CUT)
        .thenEvents("id:3-8\r\n\r\nid: 3-9\nevent: funds-deposited.v1\n", End.CUT)
        .thenEvents("id: 3-9\ndata: {", End.WHOLE).thenEvents(":\n\n" + event("3-9", 9), End.WHOLE);
    assertThat(read(client, Subscription.ofAll("now").untilLast())).containsExactly("3-9 funds-deposited.v1 9");
    assertThat(service.lastEventIds()).containsExactly("now", "3-7", "3-8", "3-8");
    assertThat(interruptions).extracting(Interruption::after).containsExactly("3-7", "3-8", "3-8");
  }

  /** As one is that a machine in between has forgotten: without a heartbeat it counts as broken. */
  @Test
  void a_silent_connection_is_made_again() {
    service.thenEvents("id: 3-7\n\n", End.SILENT).thenEvents(event("3-8", 8), End.WHOLE);
    assertThat(read(client, Subscription.ofAll("now").untilLast().withIdleMax(IDLE_MAX)))
        .containsExactly("3-8 funds-deposited.v1 8");
    assertThat(service.lastEventIds()).startsWith("now", "3-7");
    assertThat(interruptions.getFirst().after()).isEqualTo("3-7");
    assertThat(interruptions.getFirst().cause()).isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void a_request_is_repeated_as_others_are() {
    service.thenProblem(503, "starting", 1).thenProblem(503, "starting", 1).thenEvents(event("3-8", 8), End.WHOLE);
    assertThat(read(client.with(Retries.DEFAULT), Subscription.ofAll("now").untilLast())).hasSize(1);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(interruptions).isEmpty();
  }

  @Test
  void another_thread_ends_it() throws Exception {
    service.thenEvents(event("3-8", 8), End.SILENT);
    CountDownLatch received = new CountDownLatch(1);
    Stream<Received<PublicEvent>> events = client.subscribe(Subscription.ofAll("now"));
    CompletableFuture<Void> ended =
        CompletableFuture.runAsync(() -> events.forEach(_ -> received.countDown()));
    received.await();
    events.close();
    ended.get();
    assertThat(pauses).isEmpty();
  }

  @Test
  void another_thread_ends_it_while_it_pauses() throws Exception {
    service.thenProblem(503, "starting", 7);
    CountDownLatch paused = new CountDownLatch(1);
    Stream<Received<PublicEvent>> events =
        client.waitingBy(_ -> endlessly(paused)).subscribe(Subscription.ofAll("now"));
    CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> {
      events.forEach(_ -> { });
      return Thread.currentThread().isInterrupted();
    });
    paused.await();
    events.close();
    assertThat(ended.get()).as("the thread goes on with other work").isFalse();
    assertThat(service.asked()).hasSize(1);
  }

  private static void endlessly(CountDownLatch begun) {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void it_connects_again_after_two_minutes_at_most() {
    service.thenProblem(503, "starting", 1_000_000).thenEvents("retry: 999999999\n\n", End.CUT)
        .thenEvents(event("3-8", 8), End.WHOLE);
    assertThat(read(client, Subscription.ofAll("now").untilLast())).hasSize(1);
    assertThat(pauses).containsExactly(Duration.ofMinutes(2), Duration.ofMinutes(2));
  }

  /** Also one that a lost connection ends with: it is the consumer's own. */
  @Test
  void a_consumer_that_fails_ends_the_connection_and_its_event_comes_again() {
    service.thenEvents(event("3-8", 8) + event("3-9", 9), End.WHOLE);
    for (RuntimeException failure : List.of(new IllegalStateException("full"),
        new UncheckedIOException(new IOException("full")))) {
      int before = service.asked().size();
      List<String> received = new ArrayList<>();
      try (Stream<Received<PublicEvent>> events = client.subscribe(Subscription.ofAll("now").untilLast())) {
        Spliterator<Received<PublicEvent>> each = events.spliterator();
        assertThatThrownBy(() -> each.tryAdvance(_ -> {
          throw failure;
        })).isSameAs(failure);
        each.forEachRemaining(event -> received.add(event.id()));
      }
      assertThat(received).containsExactly("3-8", "3-9");
      assertThat(service.asked()).hasSize(before + 2);
    }
  }

  @Test
  void what_is_refused_for_good_or_is_no_event_ends_it() {
    Subscription subscription = Subscription.ofAll("now");
    service.thenProblem(403, "insufficient-scope", 0);
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> read(client, subscription))
        .satisfies(problem -> assertThat(problem.code()).isEqualTo("insufficient-scope"));
    service.then(200, "<html>Welcome</html>").then(200, "");
    assertThatThrownBy(() -> read(client, subscription)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> read(client, subscription)).isInstanceOf(ApiException.class)
        .hasMessage("/v1/events answers 200 without server-sent events");
    service.then(307, "").then(307, "");
    assertThatThrownBy(() -> read(client, subscription)).isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> read(client, subscription)).isInstanceOf(ApiException.class).hasMessageContaining("307");
    service.thenEvents("data: {}\n\n", End.WHOLE);
    assertThatThrownBy(() -> read(client, subscription)).isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> read(client, subscription)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a public event");
  }

  @Test
  void alerts_come_in_the_same_way() {
    String alert = "id: a-1\nevent: alert-raised.v1\ndata: " + example("alerts/alert-raised.v1") + "\n\n";
    service.thenEvents(alert, End.WHOLE);
    for (Subscription subscription : List.of(Subscription.ofAll("now"), Subscription.of("0xa", "now"))) {
      assertThat(client.subscribeAlerts(subscription.untilLast())).singleElement().satisfies(each -> {
        assertThat(each.id()).isEqualTo("a-1");
        assertThat(each.record().alert().type()).isEqualTo(AlertType.RAISED);
      });
    }
    assertThat(service.asked()).extracting(Asked::uri)
        .containsExactly("/v1/alerts/events?until=now", "/v1/ledgers/0xa/alerts/events?until=now");
  }
}
