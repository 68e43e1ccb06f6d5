package io.neuronledger.query.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.query.lane.LaneStore;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Two pools: one writes, few connections; one reads, and cannot do anything else. Every statement has a deadline. */
@Configuration
class DatabaseWiring {
  private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(3);
  private static final int WRITERS_SPARE = 2;

  /** Closed by the context as {@code AutoCloseable}. */
  @Bean
  HikariDataSource writerPool(Settings settings, MeterRegistry meters) {
    HikariConfig pool = pool("writer", settings, settings.database().writeDeadline());
    pool.setMaximumPoolSize(settings.intake().threads() + WRITERS_SPARE);
    pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    pool.setMetricRegistry(meters);
    HikariDataSource source = new HikariDataSource(pool);
    Flyway.configure().dataSource(source).locations("classpath:db/migration/read-model")
        .schemas(settings.database().schema()).load().migrate();
    return source;
  }

  @Bean
  HikariDataSource readerPool(Settings settings, MeterRegistry meters,
      @Qualifier("writerPool") HikariDataSource migrated) {
    HikariConfig pool = pool("reader", settings, settings.database().answerDeadline());
    pool.setMaximumPoolSize(settings.database().readersMax());
    pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    pool.setReadOnly(true);
    pool.setMetricRegistry(meters);
    return new HikariDataSource(pool);
  }

  @Bean
  DSLContext writer(@Qualifier("writerPool") HikariDataSource pool) {
    return jooq(pool);
  }

  @Bean
  DSLContext reader(@Qualifier("readerPool") HikariDataSource pool) {
    return jooq(pool);
  }

  @Bean
  LaneStore laneStore(Settings settings, JsonMapper json,
      @Qualifier("writer") DSLContext writer) {
    LaneStore lanes = new LaneStore(json);
    lanes.prepare(settings.lanes(), writer);
    return lanes;
  }

  private static DSLContext jooq(HikariDataSource pool) {
    return DSL.using(pool, SQLDialect.POSTGRES);
  }

  private static HikariConfig pool(String name, Settings settings, Duration deadline) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("ledger-query-" + name);
    pool.setJdbcUrl(settings.database().url());
    pool.setUsername(settings.database().user());
    pool.setPassword(settings.database().password());
    pool.setSchema(settings.database().schema());
    pool.setConnectionTimeout(CONNECTION_PATIENCE.toMillis());
    pool.setConnectionInitSql("SET statement_timeout = " + deadline.toMillis());
    // A server that has gone without a word must not hold a request: the socket gives up after the statement would.
    pool.addDataSourceProperty("socketTimeout", String.valueOf(deadline.multipliedBy(2).toSeconds()));
    pool.addDataSourceProperty("connectTimeout", String.valueOf(CONNECTION_PATIENCE.toSeconds()));
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("ApplicationName", "ledger-query-" + name);
    return pool;
  }
}
