package io.neuronledger.query.generation;

import static io.neuronledger.query.db.Tables.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.tools.jdbc.DefaultConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions on one connection, before and after another generation is live. */
class SchemaOfTransactionIT {
  /** The driver prepares a statement on the server at its fifth execution. */
  private static final int UNTIL_PREPARED = 5;

  private final PostgresServer postgres = PostgresServer.startTemporary();
  private final ServiceDatabase database = postgres.database("generations");
  private final HikariDataSource one = pool(1);
  private final HikariDataSource others = pool(2);
  private final Generations generations =
      new Generations(others, database.migrating().on(database.url()), "read_model");
  private final DSLContext reads = generations.forReads(one);

  private HikariDataSource pool(int connections) {
    return new HikariDataSource(config(connections));
  }

  private HikariConfig config(int connections) {
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(database.running().on(database.url()));
    pool.setMaximumPoolSize(connections);
    return pool;
  }

  @AfterEach
  void close() {
    one.close();
    others.close();
    postgres.close();
  }

  @Test
  void a_statement_is_planned_once_until_another_generation_is_live() {
    generations.migrate();
    prepare(1, generations.forWrites());
    for (int i = 0; i < UNTIL_PREPARED; i++) {
      assertThat(partitions()).isEqualTo(1);
    }
    String prepared = prepareTime();
    assertThat(partitions()).isEqualTo(1);
    assertThat(prepareTime()).isEqualTo(prepared);

    Generation next = generations.begin();
    prepare(3, generations.forBuild(next));
    assertThat(generations.makeLive(next, () -> true)).isTrue();
    assertThat(partitions()).isEqualTo(3);
  }

  @Test
  void a_transaction_that_fails_leaves_the_schema_of_the_connection_known() {
    generations.migrate();
    prepare(1, generations.forWrites());
    assertThatThrownBy(() -> reads.transaction(transaction -> {
      throw new IllegalStateException("refused");
    })).hasMessage("refused");
    assertThat(partitions()).isEqualTo(1);
  }

  /** jOOQ asks for it in each transaction, and the driver asks the server. */
  @Test
  void the_isolation_of_a_pool_is_asked_for_once() {
    generations.migrate();
    AtomicInteger asked = new AtomicInteger();
    try (HikariDataSource counting = new HikariDataSource(config(1)) {
      @Override
      public Connection getConnection() throws SQLException {
        return new DefaultConnection(super.getConnection()) {
          @Override
          public int getTransactionIsolation() throws SQLException {
            asked.incrementAndGet();
            return super.getTransactionIsolation();
          }
        };
      }
    }) {
      DSLContext counted = generations.forReads(counting);
      for (int i = 0; i < 3; i++) {
        counted.transaction(transaction -> transaction.dsl().transaction(_ -> { }));
      }
    }
    assertThat(asked).hasValue(1);
  }

  private static void prepare(int count, DSLContext db) {
    db.transaction(transaction -> new PartitionStore(QueryFixture.JSON).prepare(count, transaction.dsl()));
  }

  private int partitions() {
    return reads.transactionResult(transaction -> transaction.dsl().fetchCount(PARTITION));
  }

  private String prepareTime() {
    return reads.transactionResult(transaction -> String.valueOf(transaction.dsl().fetchValue(
        "SELECT min(prepare_time) FROM pg_prepared_statements WHERE statement LIKE '%\"partition\"%'")));
  }
}
