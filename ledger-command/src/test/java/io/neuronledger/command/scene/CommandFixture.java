package io.neuronledger.command.scene;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.LedgerAggregate;
import io.neuronledger.command.partition.ChainRecordReader;
import io.neuronledger.command.partition.PartitionState;
import io.neuronledger.command.partition.PartitionRecord;
import io.neuronledger.command.partition.PartitionStores;
import io.neuronledger.command.partition.PartitionTransactions;
import io.neuronledger.command.partition.QuarantineRelease;
import io.neuronledger.command.lock.RefundLockTable;
import io.neuronledger.command.quarantine.DeadLetters;
import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.command.store.AggregateCache;
import io.neuronledger.command.store.DeclaredDeployment;
import io.neuronledger.command.store.DeploymentTable;
import io.neuronledger.command.store.EventSerializer;
import io.neuronledger.command.store.EventTable;
import io.neuronledger.command.store.PartitionTable;
import io.neuronledger.command.store.LedgerEventStore;
import io.neuronledger.command.store.LedgerStorageEngine;
import io.neuronledger.command.store.RawBytes;
import io.neuronledger.command.store.ServiceTermsTable;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.command.usage.AcceptedRequests;
import io.neuronledger.command.usage.UsageMeters;
import io.neuronledger.command.usage.UsageRecorder;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** One instance of the service as far as partitions go: its own connections and caches, no Kafka. */
public final class CommandFixture implements AutoCloseable {
  private final HikariDataSource pool;
  private final MockProducer<byte[], byte[]> deadLetters =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final ChainRecordReader reader = new ChainRecordReader(ChainEventProducer.JSON);
  private final AggregateCache aggregates = new AggregateCache(1_000);
  private final JdbcClient jdbc;
  private final Quarantine quarantine;
  private final LedgerEventStore eventStore;
  private final PartitionTransactions work;
  private final QuarantineRelease release;
  private final UsageRecorder usage;
  private final Map<Integer, PartitionState> memories = new TreeMap<>();

  private CommandFixture(HikariDataSource pool, UnaryOperator<DataSource> wrapped, Partitions partitions,
      EventUpcasterChain upcasters) {
    this.pool = pool;
    Flyway.configure().dataSource(pool).locations("classpath:db/migration/event-store").load().migrate();
    new PartitionTable(JdbcClient.create(pool)).ensure(partitions);
    jdbc = JdbcClient.create(pool);
    DataSource source = wrapped.apply(pool);
    JdbcClient client = JdbcClient.create(source);
    quarantine = new Quarantine(client, Clock.systemUTC());
    SpringTransactionManager transactions = new SpringTransactionManager(new JdbcTransactionManager(source));
    eventStore = LedgerEventStore.on(LedgerStorageEngine.create(new SpringDataSourceConnectionProvider(source),
        transactions, EventSerializer.create(), upcasters, partitions, Clock.systemUTC()));
    ServiceTermsTable terms = new ServiceTermsTable(client);
    UnitsOfWork units = new UnitsOfWork(transactions);
    work = new PartitionTransactions(new PartitionStores(partitions, new PartitionTable(client), new DeploymentTable(client), terms,
        new RefundLockTable(new JdbcTemplate(source)), quarantine, new DeadLetters(deadLetters), new EventTable(client),
        eventStore, EventSourcingRepository.builder(LedgerAggregate.class).eventStore(eventStore).cache(aggregates)
        .build()), units, new SimpleMeterRegistry());
    release = new QuarantineRelease(work, reader, quarantine, terms, aggregates);
    AggregateCache meters = new AggregateCache(1_000);
    usage = new UsageRecorder(new AcceptedRequests(client), UsageMeters.on(eventStore, meters), meters,
        new DeclaredDeployment(partitions, client), units);
  }

  public static CommandFixture on(String database, int partitions) {
    return on(database, partitions, UnaryOperator.identity());
  }

  /** @param wrapped what the instance works through instead of its pool */
  public static CommandFixture on(String database, int partitions, UnaryOperator<DataSource> wrapped) {
    return on(database, partitions, wrapped, new EventUpcasterChain());
  }

  /** @param upcasters what turns old stored forms into the present ones */
  public static CommandFixture on(String database, int partitions, UnaryOperator<DataSource> wrapped,
      EventUpcasterChain upcasters) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database);
    config.setUsername(Servers.postgres().user());
    config.setPassword(Servers.postgres().password());
    config.setMaximumPoolSize(4);
    return new CommandFixture(new HikariDataSource(config), wrapped, new Partitions(partitions), upcasters);
  }

  /** Records what was said, each partition in one unit of work unless a retraction cuts it. */
  public void take(List<ScriptedPartitions.Said> said) {
    Map<Integer, List<PartitionRecord>> byPartition = new TreeMap<>();
    said.forEach(each -> byPartition.computeIfAbsent(each.chainRecord().partition(), _ -> new ArrayList<>()).add(read(each)));
    byPartition.forEach((partition, records) -> {
      for (List<PartitionRecord> unit : PartitionRecord.units(records, Integer.MAX_VALUE)) {
        take(partition, unit);
      }
    });
  }

  public void take(int partition, List<PartitionRecord> unit) {
    work.record(memories.computeIfAbsent(partition, work::remember), unit);
  }

  public PartitionRecord read(ScriptedPartitions.Said said) {
    return read(said.chainRecord().seq(), said.key(), ChainEventProducer.JSON.writeValueAsBytes(said.chainRecord()));
  }

  public PartitionRecord read(long seq, Optional<WalletAddress> key, byte[] value) {
    return new PartitionRecord(seq, seq, key, new RawBytes(value), reader.read(value));
  }

  /** As after a restart, or after somebody else took the partitions. */
  public void forget() {
    memories.clear();
    aggregates.removeAll();
  }

  /** The partition as it is stored now, before anything is taken. */
  public void readAgain(int partition) {
    aggregates.removeAll();
    memories.put(partition, work.remember(partition));
  }

  /** The partition as it is stored now; what was loaded of aggregates stays. */
  public void readPartition(int partition) {
    memories.put(partition, work.remember(partition));
  }

  /** The partition's next seq, as it is stored. */
  public long nextSeq(int partition) {
    return work.remember(partition).nextSeq();
  }

  public UsageRecorder usage() {
    return usage;
  }

  public QuarantineRelease release() {
    return release;
  }

  public Quarantine quarantine() {
    return quarantine;
  }

  public List<ProducerRecord<byte[], byte[]>> deadLetters() {
    return deadLetters.history();
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  /** The partition's events in the order of seq. */
  public List<AccountEvent> events(int partition) {
    return jdbc.sql("SELECT payload FROM account_event WHERE partition = :partition ORDER BY seq").param("partition", partition)
        .query((row, _) -> parsed(row.getBytes(1))).list();
  }

  /** The owner's events in the order of its stream. */
  public List<LedgerEvent> events(WalletAddress owner) {
    return jdbc.sql("SELECT payload FROM account_event WHERE stream = :stream ORDER BY sequence")
        .param("stream", LedgerAggregate.idOf(owner)).query((row, _) -> (LedgerEvent) parsed(row.getBytes(1))).list();
  }

  /** The owner's state as its stream tells it. */
  public Ledger ledger(WalletAddress owner) {
    Ledger ledger = Ledger.CLOSED;
    for (LedgerEvent event : events(owner)) {
      ledger = ledger.evolve(event);
    }
    return ledger;
  }

  private static AccountEvent parsed(byte[] payload) {
    try {
      return EventSerializer.mapper().readValue(payload, AccountEvent.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    eventStore.shutDown();
    pool.close();
  }
}
