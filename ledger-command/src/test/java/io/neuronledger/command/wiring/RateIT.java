package io.neuronledger.command.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Service;
import io.neuronledger.testkit.servers.RawHttp;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances on one event store: usage reports come out of one bucket, everything else out of one per instance. */
class RateIT {
  private static final int BURST = 4;
  /** The fewest that a service accepts. */
  private static final int CONNECTIONS = 4;
  /** One more request is allowed after a minute: none during the test. */
  private static final String[] RATE =
      {"neuron-ledger.rate.per-minute=1", "neuron-ledger.rate.burst=" + BURST, "neuron-ledger.rate.at-once=1"};
  private static String database;
  private static Service one;
  private static Service other;

  @BeforeAll
  static void start() {
    Servers.freshTopics(1);
    database = Servers.freshSchema();
    one = Service.start(database, 1, RATE);
    other = Service.start(database, 1, RATE);
  }

  @AfterAll
  static void stop() {
    other.close();
    one.close();
  }

  @Test
  void usage_reports_over_both_instances_are_as_many_as_over_one_however_the_path_is_spelled() {
    long passed = IntStream.range(0, 2 * BURST)
        .mapToObj(i -> report(i % 2 == 0 ? one : other,
            List.of("/v1/usage", "/v1/%75sage", "/v1/usage/batch").get(i % 3)))
        .filter(answer -> answer.status() != 429).count();
    assertThat(passed).isEqualTo(BURST);
    RawHttp.Answer refused = report(other, "/v1/usage");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.mediaType()).isEqualTo("application/problem+json");
    assertThat(refused.body()).contains("\"code\":\"too-many-requests\"");
    assertThat(refused.header("retry-after").map(Integer::parseInt)).hasValueSatisfying(
        seconds -> assertThat(seconds).isBetween(1, 60));
    assertThat(refused.header("ratelimit-policy"))
        .contains("\"rate\";q=4;w=240, \"at-once\";q=1;qu=\"concurrent-requests\"");
  }

  @Test
  void everything_else_has_a_bucket_in_each_instance_and_the_probes_have_none() {
    for (Service each : new Service[] {one, other}) {
      assertThat(IntStream.range(0, 2 * BURST).map(_ -> get(each, "/v1/admin/quarantine").status())
          .filter(status -> status == 200).count()).isEqualTo(BURST);
      assertThat(get(each, "/v1/admin/quarantine").status()).isEqualTo(429);
      assertThat(IntStream.range(0, 10 * BURST).map(_ -> get(each, "/actuator/health/liveness").status()))
          .containsOnly(200);
    }
  }

  /** Also where connections are taken by others: nobody waits for one for long. */
  @Test
  void without_a_connection_to_the_database_a_report_is_refused_as_not_now() throws SQLException {
    try (Service busy = Service.start(database, 1, "neuron-ledger.database.connections=" + CONNECTIONS)) {
      HikariDataSource pool = busy.bean(HikariDataSource.class);
      assertThat(pool.getConnectionTimeout()).isEqualTo(3_000);
      List<Connection> taken = new ArrayList<>();
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          taken.add(pool.getConnection());
        }
        RawHttp.Answer refused = report(busy, "/v1/usage");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"database-unavailable\"");
        assertThat(refused.header("Retry-After")).contains("1");
      } finally {
        for (Connection connection : taken) {
          connection.close();
        }
      }
    }
  }

  private static RawHttp.Answer get(Service service, String path) {
    return RawHttp.send(port(service), "GET", path);
  }

  /** Without a body it is refused, by the controller: that it got there is enough. */
  private static RawHttp.Answer report(Service service, String path) {
    return RawHttp.send(port(service), "POST", path, "Content-Type: application/json", "Content-Length: 0");
  }

  private static int port(Service service) {
    return URI.create(service.url("/")).getPort();
  }
}
