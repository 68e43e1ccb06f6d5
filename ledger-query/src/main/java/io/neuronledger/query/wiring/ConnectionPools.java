package io.neuronledger.query.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Four pools: a small one that writes, a read-only one for answers, a read-only one for exports, so that slow exports
 * delay no other answers, and one for webhooks, whose connections are made when they are needed. Every statement has a
 * timeout.
 */
public final class ConnectionPools implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  /** Connections for operators' commands, for a rebuild: its claim, its switch, its rows; and two for alerts. */
  private static final int WRITERS_SPARE = 7;
  private static final int WEBHOOKS_MAX = 10;

  private final Settings.Database settings;
  private final MeterRegistry meters;
  private final HikariDataSource writer;
  private final HikariDataSource reader;
  private final HikariDataSource exporter;
  private final HikariDataSource webhooks;

  /** @param writers the number of threads that write at the same time */
  public ConnectionPools(Settings.Database settings, int writers, MeterRegistry meters) {
    this.settings = settings;
    this.meters = meters;
    writer = open("writer", writers + WRITERS_SPARE, settings.writeDeadline(), false);
    reader = open("reader", settings.readersMax(), settings.answerDeadline(), true);
    exporter = open("export", settings.exportsMax(), settings.exportDeadline(), true);
    webhooks = open("webhooks", WEBHOOKS_MAX, settings.answerDeadline(), false);
  }

  HikariDataSource writer() {
    return writer;
  }

  HikariDataSource reader() {
    return reader;
  }

  HikariDataSource exporter() {
    return exporter;
  }

  HikariDataSource webhooks() {
    return webhooks;
  }

  private HikariDataSource open(String name, int connectionsMax, Duration deadline, boolean readOnly) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("ledger-query-" + name);
    pool.setJdbcUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    pool.setMaximumPoolSize(connectionsMax);
    pool.setMinimumIdle(name.equals("webhooks") ? 0 : connectionsMax);
    pool.setTransactionIsolation(readOnly ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
    pool.setReadOnly(readOnly);
    pool.setMetricRegistry(meters);
    pool.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    // A rebuild finds this service's transactions by the application name, so the URL must not override it.
    // Rows per batch and the sizes of tables vary: a plan for writing is made for each batch and not kept.
    pool.setConnectionInitSql("SET statement_timeout = " + deadline.toMillis()
        + "; SET application_name = 'ledger-query-" + name + "'"
        + (readOnly ? "" : "; SET plan_cache_mode = force_custom_plan"));
    // An unresponsive server must not block a request: the socket timeout is longer than the statement timeout.
    pool.addDataSourceProperty("socketTimeout", String.valueOf(deadline.multipliedBy(2).toSeconds()));
    pool.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    return new HikariDataSource(pool);
  }

  @Override
  public void close() {
    webhooks.close();
    exporter.close();
    reader.close();
    writer.close();
  }
}
