package io.neuronledger.query.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.generation.Generations;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.RawHttp;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The database refuses to move one partition, for a reason that is no record's. */
class FailingPartitionIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final WalletAddress OWNER = Wallets.inPartition(0, 0, PARTITIONS);
  private static final WalletAddress ELSEWHERE = Wallets.inPartition(1, 0, PARTITIONS);

  @Test
  void a_failing_partition_holds_up_no_other_and_goes_on_by_itself() throws SQLException {
    try (PostgresServer postgres = PostgresServer.startTemporary(); Topic topic = new Topic(2)) {
      ServiceDatabase roles = postgres.database("failing");
      new Generations(roles.running().on(roles.url()), roles.migrating().on(roles.url()), "read_model").migrate();
      DataSource database = postgres.superuser().on(roles.url());
      execute(database, """
          CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'partition 0 is refused' USING ERRCODE = '58030'; END $$""");
      execute(database, """
          CREATE TRIGGER refuse BEFORE UPDATE ON read_model.partition FOR EACH ROW WHEN (NEW.partition = 0)
            EXECUTE FUNCTION refuse()""");
      // Both are there before the first poll, so that they are delivered together.
      topic.publish(AccountEventScript.started(0, 2).deposit(OWNER, Neuron.parse("1")).seal().records());
      topic.publish(AccountEventScript.started(1, 2).deposit(ELSEWHERE, Neuron.parse("1")).seal().records());
      assertThatOnlyPartition0Waits(postgres, database);
    }
  }

  private static void assertThatOnlyPartition0Waits(PostgresServer postgres, DataSource database)
      throws SQLException {
    try (Service service = new Service(postgres, "failing", 2, "--neuron-ledger.intake.threads=1",
        "--neuron-ledger.intake.stalled-after=5s")) {
      awaitAvailable(service, ELSEWHERE);
      await().atMost(TIMEOUT).untilAsserted(() -> {
        RawHttp.Answer readiness = RawHttp.send(service.port(), "GET", "/actuator/health/readiness");
        assertThat(readiness.status()).isEqualTo(503);
        assertThat(readiness.body()).contains("\"partition 0\":\"retries at seq 0", "partition 0 is refused")
            .doesNotContain("partition 1");
      });

      execute(database, "DROP TRIGGER refuse ON read_model.partition");
      awaitAvailable(service, OWNER);
    }
  }

  private static void awaitAvailable(Service service, WalletAddress owner) {
    RawHttp.Answer answer = RawHttp.send(service.port(), "GET", "/v1/ledgers/" + owner + "?min_block=1&wait=30");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"available\":\"1\"");
  }

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
