package io.neuronledger.query.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.query.generation.Generations;
import io.neuronledger.query.partition.PartitionStore;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three pools: a small one that writes, a read-only one for answers, and a read-only one for exports, so that slow
 * exports delay no other answers. Every statement has a timeout.
 */
@Configuration
class DatabaseWiring {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  /** Connections for operators' commands, and for a rebuild: its claim, its switch, its rows. */
  private static final int WRITERS_SPARE = 5;

  /** The context closes it, as {@code AutoCloseable}. */
  @Bean
  HikariDataSource writerPool(Settings settings, MeterRegistry meters) {
    HikariConfig pool = pool("writer", settings, settings.database().writeDeadline());
    pool.setMaximumPoolSize(settings.intake().threads() + WRITERS_SPARE);
    pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    pool.setMetricRegistry(meters);
    return new HikariDataSource(pool);
  }

  @Bean
  Generations generations(@Qualifier("writerPool") HikariDataSource pool, Settings settings) {
    Settings.Database database = settings.database();
    DataSource migrating =
        Flyway.configure().dataSource(database.url(), database.user(), database.password()).getDataSource();
    Generations generations = new Generations(pool, migrating, database.schema());
    generations.migrate();
    return generations;
  }

  @Bean
  HikariDataSource readerPool(Settings settings, MeterRegistry meters) {
    return reading(pool("reader", settings, settings.database().answerDeadline()), settings.database().readersMax(),
        meters);
  }

  @Bean
  HikariDataSource exportPool(Settings settings, MeterRegistry meters) {
    return reading(pool("export", settings, settings.database().exportDeadline()), settings.database().exportsMax(),
        meters);
  }

  private static HikariDataSource reading(HikariConfig pool, int connectionsMax, MeterRegistry meters) {
    pool.setMaximumPoolSize(connectionsMax);
    pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    pool.setReadOnly(true);
    pool.setMetricRegistry(meters);
    return new HikariDataSource(pool);
  }

  @Bean
  DSLContext writer(Generations generations) {
    return generations.forWrites();
  }

  @Bean
  DSLContext reader(Generations generations, @Qualifier("readerPool") HikariDataSource pool) {
    return generations.forReads(pool);
  }

  @Bean
  DSLContext exporter(Generations generations, @Qualifier("exportPool") HikariDataSource pool) {
    return generations.forReads(pool);
  }

  @Bean
  PartitionStore partitionStore(Settings settings, JsonMapper json,
      @Qualifier("writer") DSLContext writer) {
    PartitionStore partitions = new PartitionStore(json);
    writer.transaction(transaction -> partitions.prepare(settings.partitions(), transaction.dsl()));
    return partitions;
  }

  private static HikariConfig pool(String name, Settings settings, Duration deadline) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("ledger-query-" + name);
    pool.setJdbcUrl(settings.database().url());
    pool.setUsername(settings.database().user());
    pool.setPassword(settings.database().password());
    pool.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    // A rebuild finds this service's transactions by the application name, so the URL must not override it.
    pool.setConnectionInitSql("SET statement_timeout = " + deadline.toMillis()
        + "; SET application_name = 'ledger-query-" + name + "'");
    // An unresponsive server must not block a request: the socket timeout is longer than the statement timeout.
    pool.addDataSourceProperty("socketTimeout", String.valueOf(deadline.multipliedBy(2).toSeconds()));
    pool.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    return pool;
  }
}
