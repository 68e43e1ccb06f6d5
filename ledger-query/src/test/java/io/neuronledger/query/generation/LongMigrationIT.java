package io.neuronledger.query.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.query.scene.Service;
import io.neuronledger.query.scene.Topic;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LongMigrationIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String[] SHORT = {"--neuron-ledger.database.write-deadline=1s"};

  /** A new version starts on an old read model, whose rows are many: here somebody holds the table for as long. */
  @Test
  void a_migration_may_take_longer_than_any_statement_of_the_intake() throws SQLException {
    try (PostgresServer postgres = PostgresServer.startTemporary(); Topic _ = new Topic(1)) {
      new Service(postgres, "migration", 1, SHORT).close();
      try (Connection holding = connect(postgres); Connection looking = connect(postgres)) {
        run(looking, "DROP INDEX read_model.settlement_time");
        run(looking, "DELETE FROM read_model.flyway_schema_history WHERE description = 'settlement time'");
        holding.setAutoCommit(false);
        run(holding, "LOCK TABLE read_model.settlement IN ACCESS EXCLUSIVE MODE");
        CompletableFuture<Service> starting =
            CompletableFuture.supplyAsync(() -> new Service(postgres, "migration", 1, SHORT));
        await().atMost(PATIENCE).until(() -> starting.isDone() || isTrue(looking, """
            SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%CREATE INDEX%'
              AND query_start < clock_timestamp() - interval '3 seconds')"""));
        holding.rollback();
        starting.join().close();
        assertThat(isTrue(looking, "SELECT to_regclass('read_model.settlement_time') IS NOT NULL")).isTrue();
      }
    }
  }

  private static Connection connect(PostgresServer postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl("migration"), postgres.user(), postgres.password());
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean isTrue(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() && rows.getBoolean(1);
    }
  }
}
