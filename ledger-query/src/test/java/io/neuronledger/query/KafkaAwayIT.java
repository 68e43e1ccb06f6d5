package io.neuronledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.KafkaBroker;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka is unavailable when the service starts: the service answers from stored records, reports it, and continues once
 * Kafka is back.
 */
class KafkaAwayIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @Test
  void answers_come_from_stored_records(@TempDir Path data) {
    int port = FreePort.find();
    String bootstrap = "127.0.0.1:" + port;
    AccountEventScript script = AccountEventScript.started(0, 1).deposit(OWNER, Neuron.ofZeroG("10")).seal();
    try (PostgresServer postgres = PostgresServer.startTemporary()) {
      Topic published;
      try (KafkaBroker kafka = KafkaBroker.start(data, port);
          Topic topic = new Topic(kafka.bootstrapServers(), 1);
          Service service = new Service(bootstrap, postgres, "away", 1)) {
        published = topic;
        topic.publish(script.records());
        assertThat(get(service, "/v1/ledgers/" + OWNER + "?min_block=1&wait=30").status()).isEqualTo(200);
      }
      try (Service service = new Service(bootstrap, postgres, "away", 1, "--neuron-ledger.intake.stalled-after=1s")) {
        assertThat(get(service, "/v1/ledgers/" + OWNER).body()).contains("\"available\":\"10000000000000000000\"");
        assertThat(get(service, "/v1/ledgers/" + OWNER + "?min_block=2&wait=0").body()).contains("block-not-reached");
        assertThat(get(service, "/actuator/health/liveness").status()).isEqualTo(200);
        await().atMost(TIMEOUT).untilAsserted(() -> {
          RawHttp.Answer readiness = get(service, "/actuator/health/readiness");
          assertThat(readiness.status()).isEqualTo(503);
          assertThat(readiness.body()).contains("has not answered since");
        });
        try (KafkaBroker kafka = KafkaBroker.start(data, port)) {
          try (Topic topic = published.reopened(kafka.bootstrapServers())) {
            int before = script.records().size();
            script.deposit(OWNER, Neuron.ofZeroG("1")).seal();
            topic.publish(script.records().subList(before, script.records().size()));
          }
          assertThat(get(service, "/v1/ledgers/" + OWNER + "?min_block=2&wait=30").body())
              .contains("\"available\":\"11000000000000000000\"");
          await().atMost(TIMEOUT)
              .untilAsserted(() -> assertThat(get(service, "/actuator/health/readiness").status()).isEqualTo(200));
        }
      }
    }
  }

  @Test
  void without_stored_records_there_is_no_answer() {
    try (PostgresServer postgres = PostgresServer.startTemporary();
        Service service = new Service("127.0.0.1:" + FreePort.find(), postgres, "empty", 1)) {
      RawHttp.Answer answer = get(service, "/v1/ledgers/" + OWNER + "?wait=0");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("\"code\":\"nothing-sealed\"");
      assertThat(answer.header("Retry-After")).isPresent();
      assertThat(get(service, "/v1/status").status()).isEqualTo(200);
      RawHttp.Answer unrecorded = get(service, "/v1/settlements?wait=0");
      assertThat(unrecorded.status()).isEqualTo(503);
      assertThat(unrecorded.body()).contains("\"code\":\"access-log-unavailable\"").doesNotContain("settlements\":");
      assertThat(unrecorded.header("Retry-After")).isPresent();
    }
  }

  private static RawHttp.Answer get(Service service, String path) {
    return RawHttp.send(service.port(), "GET", path);
  }
}
