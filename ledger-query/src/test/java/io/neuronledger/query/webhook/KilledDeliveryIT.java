package io.neuronledger.query.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.LedgerQuery;
import io.neuronledger.query.fixture.PublicTopic;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.fixture.WebhookTarget;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.TestKafka;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it sends: another one sends the rest, and what is sent again has the same id. */
class KilledDeliveryIT {
  private static final int MESSAGES = 1_000;
  private static final int OWNERS = 20;
  private static final String DATABASE = "killed_delivery";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SECRET = "--neuron-ledger.webhooks.secret=a2lsbGVkIGtpbGxlZCBraWxsZWQga2lsbGVkIGtpbGw=";
  private static final List<String> LOCAL = List.of(SECRET, "--neuron-ledger.webhooks.allow-http=true",
      "--neuron-ledger.webhooks.allowed-networks=127.0.0.0/8");

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process start(PostgresServer postgres, int port, Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-cp", Objects.requireNonNull(System.getProperty("java.class.path")),
        LedgerQuery.class.getName(), "--server.port=" + port,
        "--neuron-ledger.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
        "--neuron-ledger.kafka.group=" + DATABASE, "--neuron-ledger.partitions=1", "--neuron-ledger.access.open=true",
        "--neuron-ledger.exports.folder=" + folder.resolve("exports"), "--" + TokenIssuer.API_KEYS_SETTING));
    command.addAll(postgres.database(DATABASE).arguments());
    command.addAll(LOCAL);
    return new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(folder.resolve("killed.log").toFile()).start();
  }

  private static int after(CountDownLatch event) {
    try {
      event.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 204;
  }

  @Test
  void nothing_is_lost_and_what_is_repeated_has_its_id(@TempDir Path folder) throws IOException {
    try (PostgresServer postgres = PostgresServer.startTemporary(); Topic _ = new Topic(1);
        PublicTopic events = new PublicTopic(1); WebhookTarget target = new WebhookTarget()) {
      CountDownLatch killed = new CountDownLatch(1);
      target.answer(_ -> target.ids().size() < MESSAGES / 4 ? 204 : after(killed));
      int port = freePort();
      Process process = start(postgres, port, folder);
      try {
        await().atMost(PATIENCE).ignoreExceptions().until(() ->
            RawHttp.send(port, "GET", "/v1/events?until=now").status() == 200);
        String body = "{\"url\":\"" + target.url() + "\"}";
        assertThat(RawHttp.send(port, "POST /v1/webhooks HTTP/1.0\r\nHost: 127.0.0.1\r\n"
            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).status())
            .isEqualTo(201);
        for (int i = 0; i < MESSAGES; i++) {
          WalletAddress owner = Wallets.wallet(1 + i % OWNERS);
          events.publish(0, owner, "test-event.v1", "{\"type\":\"test-event.v1\",\"number\":" + i + "}");
        }
        await().atMost(PATIENCE).until(() -> target.ids().size() >= MESSAGES / 4);
      } finally {
        process.destroyForcibly();
        killed.countDown();
      }
      assertThat(target.ids().size()).as("it was killed while it was sending").isLessThan(MESSAGES);
      try (Service _ = new Service(postgres, DATABASE, 1, LOCAL.toArray(String[]::new))) {
        await().atMost(PATIENCE).until(() -> new LinkedHashSet<>(target.ids()).size() == MESSAGES);
      }
      Map<String, String> bodies = new HashMap<>();
      Map<String, Integer> newest = new HashMap<>();
      for (WebhookTarget.Received each : target.received()) {
        String known = bodies.putIfAbsent(each.id(), each.body());
        assertThat(known == null || known.equals(each.body())).as(each.id()).isTrue();
        int number = each.json().at("/data/event/number").asInt();
        int last = newest.getOrDefault(String.valueOf(number % OWNERS), -1);
        assertThat(number).as("in order, but for what is repeated").isGreaterThanOrEqualTo(last);
        newest.put(String.valueOf(number % OWNERS), number);
      }
    }
  }
}
