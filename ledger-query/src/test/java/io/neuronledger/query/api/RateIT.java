package io.neuronledger.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateIT {
  private static final int BURST = 3;
  private static final String[] RATE =
      {"--neuron-ledger.rate.per-minute=1", "--neuron-ledger.rate.burst=" + BURST, "--neuron-ledger.rate.at-once=1"};

  /** Exports come out of one bucket for all instances, everything else out of one per instance. */
  @Test
  void exports_and_questions_are_limited_each_on_their_own() {
    try (PostgresServer postgres = PostgresServer.startTemporary(); Topic _ = new Topic(1);
        Service one = new Service(postgres, "rates", 1, RATE);
        Service other = new Service(postgres, "rates", 1, RATE)) {
      assertThat(IntStream.range(0, 2 * BURST).filter(i -> export(i % 2 == 0 ? one : other).status() != 429).count())
          .isEqualTo(BURST);
      assertThat(export(one).body()).contains("\"code\":\"too-many-requests\"");
      for (Service each : new Service[] {one, other}) {
        assertThat(IntStream.range(0, 2 * BURST).filter(_ -> get(each, "application/json").status() != 429).count())
            .isEqualTo(BURST);
      }
      assertThat(get(one, "not a media type").status()).isEqualTo(429);
    }
  }

  private static RawHttp.Answer export(Service service) {
    return get(service, "text/csv");
  }

  private static RawHttp.Answer get(Service service, String accept) {
    return RawHttp.send(service.port(), "GET", "/v1/reports/settlement?wait=0", "Accept: " + accept);
  }
}
