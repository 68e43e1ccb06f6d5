package io.neuronledger.query.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.EventReader;
import io.neuronledger.query.fixture.EventReader.Item;
import io.neuronledger.query.fixture.PublicTopic;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.ServiceEnvironment;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.KafkaBroker;
import io.neuronledger.testkit.servers.RawHttp;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka goes while subscriptions are open, and comes back: nothing is lost, and nothing comes twice. */
class EventsAwayIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PATH = "/v1/ledgers/" + OWNER + "/events";

  @Test
  void subscriptions_outlast_the_broker(@TempDir Path data) {
    int port = FreePort.find();
    KafkaBroker broker = KafkaBroker.start(data, port);
    try (ServiceEnvironment environment = new ServiceEnvironment(broker.bootstrapServers(), 1)) {
      PublicTopic.Event first = publish(environment);
      Service service = environment.service("events_away", "--neuron-ledger.subscriptions.heartbeat=1s");
      service.awaitEvents();
      try (EventReader open = new EventReader(service.port(), PATH + "?after=beginning")) {
        assertThat(open.next(1)).extracting(Item::data).containsExactly(first.value());
        broker.close();

        int heartbeats = open.heartbeats();
        await().atMost(PATIENCE).until(() -> open.heartbeats() > heartbeats + 1);
        try (EventReader late = new EventReader(service.port(), PATH + "?after=beginning")) {
          assertThat(late.next(1)).as("what is in memory").extracting(Item::data).containsExactly(first.value());
        }
        // Only Kafka knows whether there is such an event, which another instance may have sent.
        assertUnavailable(RawHttp.send(service.port(), "GET", PATH, "Last-Event-ID: 0-7"));
        Service started = environment.service("events_away_at_start");
        assertUnavailable(RawHttp.send(started.port(), "GET", PATH));
        assertUnavailable(RawHttp.send(started.port(), "GET", "/v1/events?after=beginning"));

        broker = KafkaBroker.start(data, port);
        PublicTopic.Event second = publish(environment);
        assertThat(open.next(1)).extracting(Item::data).containsExactly(second.value());
        assertThat(open.isIdle()).isTrue();
        started.awaitEvents();
        try (EventReader next =
            new EventReader(started.port(), PATH + "?until=now", "Last-Event-ID: " + first.id())) {
          assertThat(next.rest()).as("at another instance").extracting(Item::data).containsExactly(second.value());
        }
        assertThat(RawHttp.send(service.port(), "GET", PATH, "Last-Event-ID: 0-7").status())
            .as("now it is known that there is none").isEqualTo(400);
      }
    } finally {
      broker.close();
    }
  }

  private static PublicTopic.Event publish(ServiceEnvironment environment) {
    return environment.events().publish(0, OWNER, "n.v1", "{}");
  }

  private static void assertUnavailable(RawHttp.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.mediaType()).isEqualTo("application/problem+json");
    assertThat(answer.body()).contains("\"events-unavailable\"");
    assertThat(answer.header("Retry-After")).isPresent();
  }
}
