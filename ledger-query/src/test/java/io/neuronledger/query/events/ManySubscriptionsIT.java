package io.neuronledger.query.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.EventReader;
import io.neuronledger.query.fixture.EventReader.Item;
import io.neuronledger.query.fixture.PublicTopic;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.ServiceEnvironment;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.RawHttp;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many clients that read nothing, while others do: {@code -Dsubscriptions=5000} opens as many. */
class ManySubscriptionsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final WalletAddress SILENT = Wallets.wallet(2);
  private static final String PATH = "/v1/ledgers/" + OWNER + "/events";
  private static final int IDLE = Integer.getInteger("subscriptions", 400);
  /** Those for which more is to be sent than the buffers of the connection take. */
  private static final int BLOCKED = 20;
  private static final int BIG_EVENTS = 20;
  private static final int BIG = 500_000;
  private static final int FEW_BYTES = 4_096;
  /** The operating system's, of the whole test; a service needs some more for each processor. */
  private static final int THREADS_MORE = 40;

  @AutoClose
  private static ServiceEnvironment environment;
  private static Service service;

  @BeforeAll
  static void start() {
    environment = new ServiceEnvironment(1);
    String big = "{\"text\":\"" + "x".repeat(BIG) + "\"}";
    for (int i = 0; i < BIG_EVENTS; i++) {
      environment.events().publish(0, SILENT, "big.v1", big);
    }
    int max = IDLE + BLOCKED + 1;
    service = environment.service("many_subscriptions", "--neuron-ledger.subscriptions.max=" + max,
        "--neuron-ledger.subscriptions.of-caller-max=" + max, "--server.tomcat.connection-timeout=5s");
    environment.topic().publish(AccountEventScript.started(0, 1).deposit(OWNER, Neuron.parse("10")).seal().records());
    service.awaitBlock(OWNER, 1);
    service.awaitEvents();
  }

  @Test
  void clients_that_read_nothing_keep_nobody_waiting() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      for (int i = 0; i < IDLE; i++) {
        open.add(unread(i % 2 == 0 ? "/v1/events" : "/v1/ledgers/" + SILENT + "/events"));
      }
      awaitMetric("ledger_query_subscriptions", IDLE);
      assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + THREADS_MORE);
      for (int i = 0; i < BLOCKED; i++) {
        open.add(unread("/v1/ledgers/" + SILENT + "/events?after=beginning"));
      }
      awaitMetric("ledger_query_subscriptions", IDLE + BLOCKED);
      try (EventReader reader = new EventReader(service.port(), PATH + "?after=beginning")) {
        for (int i = 0; i < BIG_EVENTS; i++) {
          PublicTopic.Event event = environment.events().publish(0, OWNER, "n.v1", "{}");
          assertThat(reader.next(1)).extracting(Item::data).containsExactly(event.value());
          assertThat(RawHttp.send(service.port(), "GET", "/v1/ledgers/" + OWNER).status()).isEqualTo(200);
        }
        awaitMetric("ledger_query_subscriptions_ended_total{reason=\"not-read\"}", BLOCKED);
        awaitMetric("ledger_query_subscriptions", IDLE + 1);
        assertThat(reader.isIdle()).isTrue();
      }
    } finally {
      for (Socket each : open) {
        each.close();
      }
    }
    // Every place is free again.
    awaitMetric("ledger_query_subscriptions", 0);
  }

  @Test
  void a_service_whose_subscriptions_could_take_the_connections_of_others_does_not_start() {
    assertThatThrownBy(() -> environment.service("too_many_subscriptions", "--neuron-ledger.subscriptions.max=7193"))
        .rootCause().hasMessageContaining("SERVER_TOMCAT_MAX_CONNECTIONS to 8193 or more");
  }

  /** A client whose buffers are small, and which reads nothing. */
  private static Socket unread(String target) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(FEW_BYTES);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
    socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void awaitMetric(String name, int value) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(
        RawHttp.send(service.port(), "GET", "/actuator/prometheus").body().lines()
            .filter(line -> line.startsWith(name + " ")).toList()).containsExactly(name + " " + value + ".0"));
  }
}
