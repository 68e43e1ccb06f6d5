package io.neuronledger.command.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.command.fixture.Http;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service has read all records, and then the broker stops. */
class KafkaAwayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void a_service_that_has_read_all_records_detects_that_kafka_is_down(@TempDir Path data) {
    int port = FreePort.find();
    try (Service service =
        Service.startAt("127.0.0.1:" + port, Servers.freshSchema(), 1, "neuron-ledger.stall-after=3s")) {
      try (KafkaBroker first = KafkaBroker.start(data, port)) {
        assertThat(first.bootstrapServers()).isNotBlank();
        awaitReadiness(service, 200, "");
      }
      awaitReadiness(service, 503, "has not answered since");
      try (KafkaBroker again = KafkaBroker.start(data, port)) {
        assertThat(again.bootstrapServers()).isNotBlank();
        awaitReadiness(service, 200, "");
      }
    }
  }

  private static void awaitReadiness(Service service, int status, String trouble) {
    await().atMost(PATIENCE).untilAsserted(() -> {
      Http.Answer readiness = Http.get(service.url("/actuator/health/readiness"));
      assertThat(readiness.status()).isEqualTo(status);
      assertThat(readiness.body().at("/components/intake/details/kafka").asString("")).startsWith(trouble);
    });
  }
}
