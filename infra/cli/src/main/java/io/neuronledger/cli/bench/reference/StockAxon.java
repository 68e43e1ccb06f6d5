package io.neuronledger.cli.bench.reference;

import io.neuronledger.contracts.event.LedgerEvent;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * The throughput of Axon's defaults: a command for each event, a transaction for each command, the aggregate loaded for
 * each. The same events, serializer and database.
 */
public final class StockAxon {
  private static final int THREADS = 16;

  /** The one command of the comparison: record this event. */
  record RecordEvent(@TargetAggregateIdentifier String id, LedgerEvent event) {}

  /** An aggregate without rules, so that only the storing is compared. */
  public static final class StockLedger {
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable String id;

    /** Axon requires it. */
    public StockLedger() {}

    @org.axonframework.commandhandling.CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordEvent command) {
      AggregateLifecycle.apply(command.event());
    }

    @EventSourcingHandler
    void on(LedgerEvent event) {
      id = "ledger:" + event.owner();
    }
  }

  private StockAxon() {}

  /** @return events per second, with sixteen threads sending */
  public static double perSecond(DataSource database, Serializer serializer, List<LedgerEvent> events)
      throws Exception {
    Configuration axon = configure(database, serializer);
    axon.start();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      long start = System.nanoTime();
      List<Future<Object>> sent = events.stream()
          .map(event -> threads.submit(() -> axon.commandGateway()
              .sendAndWait(new RecordEvent("ledger:" + event.owner(), event))))
          .toList();
      for (Future<Object> each : sent) {
        each.get();
      }
      return events.size() / ((System.nanoTime() - start) / 1e9);
    } finally {
      axon.shutdown();
    }
  }

  private static Configuration configure(DataSource database, Serializer serializer) throws SQLException {
    TransactionManager transactions = new SpringTransactionManager(new DataSourceTransactionManager(database));
    PersistenceExceptionResolver duplicates = new JdbcSQLErrorCodesResolver();
    JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
        .connectionProvider(new UnitOfWorkAwareConnectionProviderWrapper(
            () -> DataSourceUtils.getConnection(database)))
        .transactionManager(transactions)
        .eventSerializer(serializer)
        .snapshotSerializer(serializer)
        .persistenceExceptionResolver(duplicates)
        .build();
    engine.createSchema(PostgresEventTableFactory.INSTANCE);
    return DefaultConfigurer.defaultConfiguration(false)
        .configureTransactionManager(c -> transactions)
        .configureSerializer(c -> serializer)
        .configureEmbeddedEventStore(c -> engine)
        .configureAggregate(StockLedger.class)
        .buildConfiguration();
  }
}
