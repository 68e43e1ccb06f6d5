package io.neuronledger.command.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.command.admin.StoreIntegrity;
import io.neuronledger.command.partition.QuarantineRelease;
import io.neuronledger.command.period.PeriodDecisions;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.report.ReportProgress;
import io.neuronledger.command.resolution.Resolutions;
import io.neuronledger.command.store.deployment.WriteTokens;
import io.neuronledger.command.usage.UsageCorrections;
import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.foundation.access.role.RunningRole;
import io.neuronledger.foundation.partitionlog.KafkaClients;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service with the settings of the environment, and its parts that the controllers use. */
@Configuration(proxyBeanMethods = false)
class CommandConfiguration {
  /** Of whoever needs a connection, as in ledger-query. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  HikariDataSource dataSource(CommandProperties properties) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("event-store");
    config.setJdbcUrl(properties.database().url());
    config.setUsername(properties.database().user());
    config.setPassword(properties.database().password());
    config.setMaximumPoolSize(properties.database().connections());
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    return new HikariDataSource(config);
  }

  @Bean
  KafkaClients kafkaClients(CommandProperties properties) {
    return properties.kafka().clients();
  }

  /** @param migrated the service needs the tables */
  @Bean(initMethod = "start")
  CommandService service(CommandProperties properties, DataSource source, KafkaClients clients, Clock clock,
      MeterRegistry registry, FlywayMigrationInitializer migrated) {
    RunningRole.require(source, "account_event");
    return new CommandService(properties, source, clients, clock, registry);
  }

  @Bean
  UsageRecorder usageRecorder(CommandService service) {
    return service.recorders().usage();
  }

  @Bean
  UsageCorrections usageCorrections(CommandService service) {
    return service.recorders().corrections();
  }

  @Bean
  WriteTokens writeTokens(CommandService service) {
    return service.recorders().tokens();
  }

  @Bean
  ReportProgress reportProgress(CommandService service) {
    return service.reportProgress();
  }

  @Bean
  Resolutions resolutions(CommandService service) {
    return service.recorders().resolutions();
  }

  @Bean
  PeriodDecisions periodDecisions(CommandService service) {
    return service.recorders().periods();
  }

  @Bean
  Quarantine quarantine(CommandService service) {
    return service.recorders().stores().quarantine();
  }

  @Bean
  QuarantineRelease quarantineRelease(CommandService service) {
    return service.recorders().release();
  }

  @Bean
  StoreIntegrity storeIntegrity(JdbcClient jdbc) {
    return new StoreIntegrity(jdbc);
  }
}
