package io.neuronledger.command.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.partition.PartitionStores;
import io.neuronledger.command.partition.PartitionTransactions;
import io.neuronledger.command.partition.QuarantineRelease;
import io.neuronledger.command.period.PeriodDecisions;
import io.neuronledger.command.period.PeriodStream;
import io.neuronledger.command.quarantine.DeadLetters;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.resolution.DiscrepancyStream;
import io.neuronledger.command.resolution.Resolutions;
import io.neuronledger.command.store.AggregateCache;
import io.neuronledger.command.store.EventTable;
import io.neuronledger.command.store.EventTable.StoredEvent;
import io.neuronledger.command.store.LedgerEventStore;
import io.neuronledger.command.store.LedgerStorageEngine;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.command.store.deployment.DeclaredDeployment;
import io.neuronledger.command.store.deployment.WriteTokens;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.command.usage.AcceptedRequests;
import io.neuronledger.command.usage.CompletionLimit;
import io.neuronledger.command.usage.ReversedRequests;
import io.neuronledger.command.usage.UsageCorrections;
import io.neuronledger.command.usage.UsageMeters;
import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.command.usage.service.ServiceLimit;
import io.neuronledger.command.usage.service.UnknownService;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.foundation.partitionlog.RecordParser;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The part of the service that records, on one database: chain events, usage, operators' decisions. Runs no thread.
 *
 * @param aggregates the cached ledgers
 */
public record Recorders(LedgerEventStore eventStore, PartitionStores stores, AggregateCache aggregates,
    PartitionTransactions transactions, QuarantineRelease release, UsageRecorder usage, UsageCorrections corrections,
    Resolutions resolutions, PeriodDecisions periods, WriteTokens tokens) {
  /**
   * @param upcasters of old stored forms, oldest first
   * @param aggregatesCached owners kept in memory
   * @param metersCached meters kept in memory
   * @param completedAheadMax by how much a request may be completed later than now, see {@link CompletionLimit}
   * @param unknownService what becomes of usage of a service that the chain does not know
   * @param secondPersonAbove the largest difference that one person resolves alone
   */
  public record Settings(Partitions partitions, EventUpcasterChain upcasters, long aggregatesCached,
      long metersCached, Duration completedAheadMax, UnknownService unknownService, NeuronSum secondPersonAbove) {}

  /**
   * @param source with the tables; the partitions' rows are added
   * @param committed receives the events of each append after its commit
   */
  public static Recorders on(DataSource source, Producer<byte[], byte[]> deadLetters, Settings settings,
      Consumer<List<StoredEvent>> committed, Clock clock, MeterRegistry registry) {
    Partitions partitions = settings.partitions();
    JdbcClient jdbc = JdbcClient.create(source);
    SpringTransactionManager transactionManager = new SpringTransactionManager(new JdbcTransactionManager(source));
    UnitsOfWork units = new UnitsOfWork(transactionManager);
    LedgerEventStore eventStore = LedgerEventStore.on(LedgerStorageEngine.create(
        new SpringDataSourceConnectionProvider(source), transactionManager, EventSerializer.create(),
        settings.upcasters(), partitions, committed, clock));

    PartitionStores.Tables tables = PartitionStores.Tables.in(source);
    tables.partition().ensure(partitions);
    Quarantine quarantine = new Quarantine(jdbc, clock);
    AggregateCache aggregates = new AggregateCache(settings.aggregatesCached());
    PartitionStores stores = new PartitionStores(partitions, tables, quarantine, new DeadLetters(deadLetters),
        eventStore,
        EventSourcingRepository.builder(LedgerAggregate.class).eventStore(eventStore).cache(aggregates).build(),
        aggregates);
    PartitionTransactions transactions = new PartitionTransactions(stores, units, registry);
    QuarantineRelease release = new QuarantineRelease(transactions, new RecordParser<>(ChainRecord.class), quarantine,
        tables.terms(), aggregates);

    DeclaredDeployment deployment = new DeclaredDeployment(partitions, jdbc);
    AggregateCache meters = new AggregateCache(settings.metersCached());
    WriteTokens tokens = new WriteTokens(partitions, jdbc);
    AcceptedRequests accepted = new AcceptedRequests(jdbc);
    EventTable events = new EventTable(jdbc);
    CompletionLimit completion =
        new CompletionLimit(clock, settings.completedAheadMax(), events::newestBlockTime);
    UsageRecorder usage =
        new UsageRecorder(accepted, UsageMeters.on(eventStore, meters), meters, deployment, units,
            completion, new ServiceLimit(settings.unknownService(), partitions, tables.services()::among));
    return new Recorders(eventStore, stores, aggregates, transactions, release, usage,
        new UsageCorrections(accepted, new ReversedRequests(jdbc), usage, eventStore, units, clock),
        new Resolutions(new DiscrepancyStream(eventStore, jdbc), deployment, units, tokens,
            settings.secondPersonAbove(), clock),
        new PeriodDecisions(new PeriodStream(eventStore), events, deployment, units, tokens, clock), tokens);
  }
}
