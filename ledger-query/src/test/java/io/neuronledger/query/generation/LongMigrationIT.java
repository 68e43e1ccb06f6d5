package io.neuronledger.query.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Sql;
import io.neuronledger.query.fixture.Topic;
import io.neuronledger.testkit.servers.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LongMigrationIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String[] SHORT = {"--neuron-ledger.database.write-deadline=1s"};

  /** A migration of many rows takes long; here another transaction blocks its first statement for as long. */
  @Test
  void a_migration_may_take_longer_than_any_statement_of_the_intake() throws SQLException {
    try (PostgresServer postgres = PostgresServer.startTemporary(); Topic _ = new Topic(1);
        Connection holding = Sql.migrating(postgres, "migration");
        Connection looking = Sql.connect(postgres, "migration")) {
      Sql.run(holding, "CREATE SCHEMA read_model");
      holding.setAutoCommit(false);
      Sql.run(holding, "CREATE DOMAIN read_model.neuron AS NUMERIC");
      CompletableFuture<Service> starting =
          CompletableFuture.supplyAsync(() -> new Service(postgres, "migration", 1, SHORT));
      await().atMost(TIMEOUT).until(() -> starting.isDone() || Sql.isTrue(looking, """
          SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%CREATE DOMAIN%'
            AND query_start < clock_timestamp() - interval '3 seconds')"""));
      assertThat(starting).isNotDone();
      holding.rollback();
      starting.join().close();
      assertThat(Sql.isTrue(looking, "SELECT to_regclass('read_model.settlement') IS NOT NULL")).isTrue();
    }
  }
}
