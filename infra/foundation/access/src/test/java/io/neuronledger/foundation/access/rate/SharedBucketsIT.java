package io.neuronledger.foundation.access.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.testkit.servers.ManualClock;
import io.neuronledger.testkit.servers.PostgresServer;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances with one table. */
class SharedBucketsIT {
  /** A portion is two requests; a new one comes every two seconds. */
  private static final RateSettings SETTINGS = new RateSettings(30, 20, 5, 60, Map.of());
  private static final PostgresServer POSTGRES = PostgresServer.startTemporary();
  private static final DataSource DATABASE = POSTGRES.superuser().on(POSTGRES.jdbcUrl("rates"));

  private final ManualClock clock = new ManualClock();
  private final AtomicInteger connections = new AtomicInteger();
  private final FilterRun one = instance();
  private final FilterRun other = instance();

  private FilterRun instance() {
    DataSource counted = (DataSource) Proxy.newProxyInstance(SharedBucketsIT.class.getClassLoader(),
        new Class<?>[] {DataSource.class}, (_, method, arguments) -> {
          connections.incrementAndGet();
          return method.invoke(DATABASE, arguments);
        });
    return new FilterRun(SETTINGS, Optional.of(new SharedBuckets(counted, "rate_bucket", clock,
        request -> request.getRequestURI().equals("/v1/usage"))), clock);
  }

  @BeforeEach
  void empty() throws SQLException {
    try (Connection connection = DATABASE.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS rate_bucket");
      statement.execute("CREATE TABLE rate_bucket (id TEXT PRIMARY KEY, state BYTEA, expires_at BIGINT)");
    }
  }

  @AfterAll
  static void stop() {
    POSTGRES.close();
  }

  @Test
  void two_instances_pass_no_more_than_one_would() {
    int passed = 0;
    for (int i = 0; i < 15; i++) {
      passed += one.passed("alice", 1) + other.passed("alice", 1);
    }
    assertThat(passed).isEqualTo(20);
    assertThat(one.send("alice").getHeader("Retry-After")).isEqualTo("2");

    clock.pass(Duration.ofMillis(1_999));
    assertThat(one.passed("alice", 1) + other.passed("alice", 1)).isZero();
    clock.pass(Duration.ofMillis(1));
    assertThat(one.passed("alice", 1) + other.passed("alice", 1)).isEqualTo(1);
    assertThat(other.passed("bob", 1)).isEqualTo(1);
  }

  @Test
  void not_every_request_costs_a_statement_and_a_refused_one_none() throws SQLException {
    // The first portion also creates the bucket, and removes old ones.
    assertThat(one.passed("alice", 2)).isEqualTo(2);
    connections.set(0);
    assertThat(one.passed("alice", 18)).isEqualTo(18);
    assertThat(connections).hasValue(9);
    assertThat(one.passed("alice", 100)).isZero();
    assertThat(connections).hasValue(10);
  }

  @Test
  void a_bucket_that_is_full_again_is_removed_within_a_minute() throws SQLException {
    one.send("alice");
    // The library sets and compares this time by the system's clock: a full bucket, and a minute.
    assertThat(number("SELECT expires_at FROM rate_bucket"))
        .isBetween(System.currentTimeMillis(), System.currentTimeMillis() + 120_000);
    number("UPDATE rate_bucket SET expires_at = 0 RETURNING 1");
    clock.pass(Duration.ofMillis(59_999));
    one.send("bob");
    assertThat(number("SELECT count(*) FROM rate_bucket")).isEqualTo(2);
    clock.pass(Duration.ofMillis(1));
    one.send("carol");
    assertThat(number("SELECT count(*) FROM rate_bucket WHERE expires_at > 0")).isEqualTo(2);
    assertThat(number("SELECT count(*) FROM rate_bucket")).isEqualTo(2);
  }

  @Test
  void no_name_of_a_caller_is_stored() throws SQLException {
    one.send("alice");
    try (Connection connection = DATABASE.getConnection(); Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "SELECT id, encode(state, 'escape') LIKE '%alice%' FROM rate_bucket")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).matches("[0-9a-f]{32}");
      assertThat(rows.getBoolean(2)).isFalse();
    }
  }

  @Test
  void without_its_table_a_request_is_refused_as_not_now() throws SQLException {
    try (Connection connection = DATABASE.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE rate_bucket");
    }
    assertThat(FilterRun.code(one.send("alice"))).isEqualTo("database-unavailable");
    empty();
    clock.pass(Duration.ofSeconds(1));
    assertThat(one.send("alice").getStatus()).isEqualTo(200);
  }

  /** Whoever waited meanwhile does not wait as long again, one after the other. */
  @Test
  void after_a_failure_the_database_is_left_alone_for_a_second() throws SQLException {
    try (Connection connection = DATABASE.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE rate_bucket");
    }
    assertThat(FilterRun.code(one.send("alice"))).isEqualTo("database-unavailable");
    connections.set(0);
    clock.pass(Duration.ofMillis(999));
    assertThat(FilterRun.code(one.send("alice"))).isEqualTo("database-unavailable");
    assertThat(connections).hasValue(0);
    clock.pass(Duration.ofMillis(1));
    assertThat(FilterRun.code(one.send("alice"))).isEqualTo("database-unavailable");
    assertThat(connections).hasPositiveValue();
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = DATABASE.getConnection(); Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
