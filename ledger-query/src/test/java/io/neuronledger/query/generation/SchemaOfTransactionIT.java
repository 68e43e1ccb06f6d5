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
import org.jooq.DSLContext;
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
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(database.running().on(database.url()));
    pool.setMaximumPoolSize(connections);
    return new HikariDataSource(pool);
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
