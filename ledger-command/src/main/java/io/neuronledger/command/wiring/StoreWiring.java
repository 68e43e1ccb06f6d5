package io.neuronledger.command.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.lock.RefundLockTable;
import io.neuronledger.command.publish.AppendSignal;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.store.AggregateCache;
import io.neuronledger.command.store.EventTable;
import io.neuronledger.command.store.LedgerEventStore;
import io.neuronledger.command.store.LedgerStorageEngine;
import io.neuronledger.command.store.PartitionTable;
import io.neuronledger.command.store.ServiceTermsTable;
import io.neuronledger.command.store.StoreIntegrity;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.command.store.deployment.DeploymentTable;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.contracts.topic.Partitions;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Beans of the event store and of Axon. */
@Configuration(proxyBeanMethods = false)
class StoreWiring {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Partitions partitions(CommandProperties properties) {
    return new Partitions(properties.partitions());
  }

  @Bean
  HikariDataSource dataSource(CommandProperties properties) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("event-store");
    config.setJdbcUrl(properties.database().url());
    config.setUsername(properties.database().user());
    config.setPassword(properties.database().password());
    config.setMaximumPoolSize(properties.database().connections());
    return new HikariDataSource(config);
  }

  @Bean
  TransactionManager axonTransactions(PlatformTransactionManager transactions) {
    return new SpringTransactionManager(transactions);
  }

  @Bean
  UnitsOfWork unitsOfWork(TransactionManager transactions) {
    return new UnitsOfWork(transactions);
  }

  /** Upcasters of old stored forms, oldest first. There is none yet. */
  @Bean
  EventUpcasterChain upcasters() {
    return new EventUpcasterChain();
  }

  @Bean(destroyMethod = "shutDown")
  LedgerEventStore eventStore(DataSource dataSource, TransactionManager transactions, EventUpcasterChain upcasters,
      Partitions partitions, Clock clock) {
    return LedgerEventStore.on(LedgerStorageEngine.create(new SpringDataSourceConnectionProvider(dataSource),
        transactions, EventSerializer.create(), upcasters, partitions, clock));
  }

  @Bean
  Cache aggregates(CommandProperties properties) {
    return new AggregateCache(properties.intake().aggregatesCached());
  }

  @Bean
  Repository<LedgerAggregate> ledgers(EventStore eventStore, Cache aggregates) {
    return EventSourcingRepository.builder(LedgerAggregate.class).eventStore(eventStore).cache(aggregates).build();
  }

  @Bean
  PartitionTable partitionTable(JdbcClient jdbc, Partitions partitions, FlywayMigrationInitializer migrated) {
    PartitionTable table = new PartitionTable(jdbc);
    table.ensure(partitions);
    return table;
  }

  @Bean
  DeploymentTable deploymentTable(JdbcClient jdbc) {
    return new DeploymentTable(jdbc);
  }

  @Bean
  StoreIntegrity storeIntegrity(JdbcClient jdbc) {
    return new StoreIntegrity(jdbc);
  }

  @Bean
  EventTable eventTable(JdbcClient jdbc) {
    return new EventTable(jdbc);
  }

  @Bean
  ServiceTermsTable serviceTermsTable(JdbcClient jdbc) {
    return new ServiceTermsTable(jdbc);
  }

  @Bean
  RefundLockTable refundLockTable(JdbcTemplate template) {
    return new RefundLockTable(template);
  }

  @Bean
  Quarantine quarantine(JdbcClient jdbc, Clock clock) {
    return new Quarantine(jdbc, clock);
  }

  @Bean
  AppendSignal appendSignal() {
    return new AppendSignal();
  }
}
