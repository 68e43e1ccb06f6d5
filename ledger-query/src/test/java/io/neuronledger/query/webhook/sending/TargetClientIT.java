package io.neuronledger.query.webhook.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.view.webhook.WebhookDeliveryView.Outcome;
import io.neuronledger.query.fixture.WebhookTarget;
import io.neuronledger.query.webhook.delivery.WebhookSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to a real server, and what is not. */
class TargetClientIT {
  private static final int DRIP_MILLIS = 5;
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OTHER = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
  private static final AddressRules PUBLIC = new AddressRules(List.of());
  private static final AddressRules LOCAL = new AddressRules(List.of(Network.parse("127.0.0.0/8")));
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private WebhookTarget target;

  @BeforeEach
  void start() {
    target = new WebhookTarget();
  }

  @AfterEach
  void stop() {
    target.close();
  }

  private static TargetClient client(AddressRules rules, Dns names) {
    return new TargetClient(rules, TIMEOUT, TIMEOUT, Clock.systemUTC(), names);
  }

  private static Attempt send(AddressRules rules, String url) {
    return send(rules, Dns.SYSTEM, url);
  }

  private static Attempt send(AddressRules rules, Dns names, String url) {
    try (TargetClient client = client(rules, names)) {
      return client.send(url, new TargetClient.Message("events-1-0-7", "{\"a\":\"ä\"}", List.of(KEY, OTHER)))
          .orElseThrow();
    }
  }

  @Test
  void a_message_is_signed_by_every_secret_as_the_library_verifies_it() {
    assertThat(send(LOCAL, target.url()).outcome()).isEqualTo(Outcome.DELIVERED);
    WebhookTarget.Received received = target.received().getFirst();
    assertThat(received.id()).isEqualTo("events-1-0-7");
    assertThat(received.body()).isEqualTo("{\"a\":\"ä\"}");
    assertThat(received.isSignedBy(WebhookSecrets.text(KEY))).isTrue();
    assertThat(received.isSignedBy(WebhookSecrets.text(OTHER))).isTrue();
    assertThat(received.isSignedBy(WebhookSecrets.text(new byte[32]))).isFalse();
    assertThat(received.headers().get("content-type")).containsExactly("application/json");
    assertThat(received.headers()).doesNotContainKeys("authorization", "cookie");
  }

  @Test
  void the_status_decides_and_a_redirect_is_not_followed() {
    for (int status : List.of(200, 204, 299)) {
      target.answer(_ -> status);
      assertThat(send(LOCAL, target.url()).outcome()).as("%s", status).isEqualTo(Outcome.DELIVERED);
    }
    for (int status : List.of(300, 301, 302, 307, 308, 400, 401, 404, 429, 500, 503)) {
      target.answer(_ -> status);
      Attempt attempt = send(LOCAL, target.url());
      assertThat(attempt.outcome()).as("%s", status).isEqualTo(Outcome.REFUSED);
      assertThat(attempt.status()).isEqualTo(OptionalInt.of(status));
      assertThat(attempt.retryAfter().isPresent()).isEqualTo(status == 429 || status == 503);
    }
    target.answer(_ -> 410);
    assertThat(send(LOCAL, target.url()).outcome()).isEqualTo(Outcome.GONE);
    assertThat(target.received()).extracting(WebhookTarget.Received::path).containsOnly("/hook");
  }

  /** Nothing that a target says makes the client fail, or send twice. */
  @Test
  void an_answer_is_one_attempt_whatever_it_says_of_the_next_one() {
    target.answer(_ -> 503);
    for (String seconds : List.of("0", "7", "999999999", "9999999999", "99999999999999999999", "-1", "soon",
        "\u00e4")) {
      target.retryAfter(seconds);
      target.forget();
      Attempt attempt = send(LOCAL, target.url());
      assertThat(attempt.status()).as(seconds).isEqualTo(OptionalInt.of(503));
      assertThat(attempt.retryAfter().map(Duration::toSeconds)).as(seconds).isEqualTo(
          Optional.of(seconds).filter(each -> each.matches("\\d{1,9}")).map(Long::valueOf));
      assertThat(target.ids()).as(seconds).hasSize(1);
    }
  }

  /** HTTP/2 has frames that a target may send without end, and nobody asked for. */
  @Test
  void http_2_is_not_offered() throws IOException {
    AtomicReference<String> hello = new AtomicReference<>("");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.ofVirtual().start(() -> {
        try (Socket accepted = socket.accept()) {
          byte[] head = accepted.getInputStream().readNBytes(5);
          hello.set(new String(accepted.getInputStream().readNBytes(((head[3] & 0xff) << 8) | (head[4] & 0xff)),
              StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      send(LOCAL, "https://localhost:" + socket.getLocalPort() + "/");
      await().until(() -> !server.isAlive());
    }
    assertThat(hello.get()).contains("\u0008http/1.1").doesNotContain("\u0002h2");
  }

  /** Whatever resolved before: the address that is connected to decides. */
  @Test
  void a_name_that_resolves_to_another_address_the_next_time_gains_nothing() {
    Queue<String> answers = new ArrayDeque<>(List.of("93.184.216.34", "127.0.0.1"));
    Dns rebinding = _ -> List.of(address(answers.size() > 1 ? answers.remove() : answers.element()));
    try (TargetClient client = client(PUBLIC, rebinding)) {
      TargetClient.Message message = new TargetClient.Message("x", "{}", List.of(KEY));
      String url = "http://receiver.example:" + target.port() + "/hook";
      assertThat(client.send(url, message).orElseThrow().outcome()).isNotEqualTo(Outcome.DELIVERED);
      Attempt refused = client.send(url, message).orElseThrow();
      assertThat(refused.isAddressRefused()).isTrue();
      assertThat(refused.outcome()).as("which names there are in this network is not said")
          .isEqualTo(Outcome.UNKNOWN_HOST);
    }
    assertThat(target.received()).isEmpty();
    assertThat(send(LOCAL, _ -> List.of(address("127.0.0.1")), "http://receiver.example:" + target.port() + "/")
        .outcome()).isEqualTo(Outcome.DELIVERED);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void an_address_that_is_not_allowed_is_not_connected_to_however_it_is_written() {
    int port = target.port();
    for (String host : List.of("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0", "[::1]",
        "[::ffff:127.0.0.1]", "169.254.169.254")) {
      assertThat(send(PUBLIC, "http://" + host + ":" + port + "/").outcome()).as(host)
          .isEqualTo(Outcome.UNKNOWN_HOST);
    }
    assertThat(target.received()).isEmpty();
  }

  /** A proxy of the platform's properties would be connected to instead. */
  @Test
  void no_proxy_is_used() throws IOException {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.setProperty("socksProxyHost", "127.0.0.1");
      System.setProperty("socksProxyPort", String.valueOf(proxy.getLocalPort()));
      System.setProperty("socksNonProxyHosts", "");
      assertThat(send(LOCAL, target.url()).outcome()).isEqualTo(Outcome.DELIVERED);
    } finally {
      Stream.of("socksProxyHost", "socksProxyPort", "socksNonProxyHosts").forEach(System::clearProperty);
    }
  }

  @Test
  void an_unknown_host_and_a_closed_port_are_named() throws IOException {
    Dns nowhere = host -> {
      throw new UnknownHostException(host);
    };
    Attempt unknown = send(LOCAL, nowhere, "http://nowhere.example/");
    assertThat(unknown.outcome()).isEqualTo(Outcome.UNKNOWN_HOST);
    assertThat(unknown.isAddressRefused()).isFalse();
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    assertThat(send(LOCAL, "http://127.0.0.1:" + closed + "/").outcome()).isEqualTo(Outcome.NOT_CONNECTED);
    assertThat(send(LOCAL, "https://127.0.0.1:" + target.port() + "/").outcome())
        .isIn(Outcome.TLS_FAILED, Outcome.NOT_CONNECTED, Outcome.TIMEOUT);
  }

  /** One that accepts and never answers, one that answers a byte at a time, and one that never ends its body. */
  @Test
  void no_target_holds_its_sender_longer_than_the_timeout() throws IOException {
    for (String answer : List.of("", "HTTP/1.1 200 OK\r\nX: ")) {
      try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        var _ = Thread.ofVirtual().start(() -> drip(socket, answer));
        assertThat(send(LOCAL, "http://127.0.0.1:" + socket.getLocalPort() + "/").outcome()).isEqualTo(Outcome.TIMEOUT);
      }
    }
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var _ = Thread.ofVirtual().start(() -> drip(socket, "HTTP/1.1 200 OK\r\n\r\n"));
      assertThat(send(LOCAL, "http://127.0.0.1:" + socket.getLocalPort() + "/").outcome())
          .isEqualTo(Outcome.DELIVERED);
    }
  }

  /** Byte by byte, so slowly that a head never is as long as it may be, until the sender has gone. */
  private static void drip(ServerSocket socket, String beginning) {
    try (Socket accepted = socket.accept()) {
      accepted.setSoTimeout(DRIP_MILLIS);
      accepted.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
      while (!isGone(accepted)) {
        accepted.getOutputStream().write(beginning.isEmpty() ? new byte[0] : new byte[] {'a'});
        accepted.getOutputStream().flush();
      }
    } catch (IOException e) {
      // The sender has gone.
    }
  }

  /** Waits for it, but not long; what the sender sends meanwhile is read. */
  private static boolean isGone(Socket accepted) throws IOException {
    try {
      return accepted.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Test
  void a_client_that_is_closed_reports_nothing() {
    TargetClient client = client(LOCAL, Dns.SYSTEM);
    target.answer(_ -> {
      client.close();
      return 204;
    });
    assertThat(Stream.of(client.send(target.url(), new TargetClient.Message("x", "{}", List.of(KEY)))))
        .allMatch(attempt -> attempt.isEmpty() || attempt.get().outcome() == Outcome.DELIVERED);
  }
}
