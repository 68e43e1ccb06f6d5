package io.neuronledger.query.scene;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.BlockSelector;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.SealWatch;
import io.neuronledger.query.audit.EntryProjection;
import io.neuronledger.query.balance.BalanceProjection;
import io.neuronledger.query.db.DefaultSchema;
import io.neuronledger.query.db.Tables;
import io.neuronledger.query.discrepancy.DiscrepancyProjection;
import io.neuronledger.query.following.BehindLimits;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.intake.BatchWriter;
import io.neuronledger.query.intake.RecordReader;
import io.neuronledger.query.intake.CommittedBatch;
import io.neuronledger.query.partition.PartitionStore;
import io.neuronledger.query.partition.Poison;
import io.neuronledger.query.partition.Received;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.reconciliation.ReconciliationProjection;
import io.neuronledger.query.settlement.SettlementProjection;
import io.neuronledger.query.usage.UsageProjection;
import io.neuronledger.query.wiring.JsonWiring;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import tools.jackson.databind.json.JsonMapper;

/** The service without Spring and Kafka: records go in, questions are answered, on a schema of its own. */
public final class QueryFixture implements AutoCloseable {
  public static final BlockSelector NOW = new BlockSelector(OptionalLong.empty(), OptionalLong.empty(), Duration.ZERO);
  public static final JsonMapper JSON = new JsonWiring().json();

  private static final PostgresServer POSTGRES = postgres();
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private final Partitions partitions;
  private final Connection connection;
  private final Connection readOnly;
  private final DSLContext db;
  private final BatchWriter writer;
  private final RecordReader reader;
  private final OwnerReads answers;
  private final GlobalReads overall;
  private final FollowingReports following =
      new FollowingReports(new BehindLimits(20, Duration.ofMinutes(1)), InstantSource.system());
  private final List<Poison> deadLetters = new ArrayList<>();

  public QueryFixture(int partitions) {
    this.partitions = new Partitions(partitions);
    String schema = "stage_" + SCHEMAS.incrementAndGet();
    String url = POSTGRES.jdbcUrl("stages");
    Flyway.configure().dataSource(url, POSTGRES.user(), POSTGRES.password()).schemas(schema)
        .locations("classpath:db/migration/read-model").load().migrate();
    connection = connect(url, schema);
    readOnly = connect(url, schema);
    db = DSL.using(connection, SQLDialect.POSTGRES);
    PartitionStore store = new PartitionStore(JSON);
    store.prepare(partitions, db);
    List<Projection> projections =
        List.of(new BalanceProjection(JSON), new EntryProjection(), new DiscrepancyProjection(JSON),
            new UsageProjection(), new SettlementProjection(), new ReconciliationProjection());
    writer = new BatchWriter(db, store, projections,
        deadLetters::addAll);
    reader = new RecordReader(JSON, this.partitions);
    DSLContext readingDb = DSL.using(readOnly, SQLDialect.POSTGRES);
    answers = new OwnerReads(readingDb, this.partitions, new SealWatch(readingDb), following);
    overall = new GlobalReads(readingDb, this.partitions, new SealWatch(readingDb), following);
  }

  private static PostgresServer postgres() {
    PostgresServer server = PostgresServer.startTemporary();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stage-postgres-stop"));
    return server;
  }

  private static Connection connect(String url, String schema) {
    try {
      Connection connection = DriverManager.getConnection(url, POSTGRES.user(), POSTGRES.password());
      connection.setSchema(schema);
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing is reported here. */
  public FollowingReports following() {
    return following;
  }

  /** Everything in one batch. */
  public CommittedBatch take(List<AccountRecord> records) {
    return writer.write(received(records), Map.of());
  }

  /** The records as they come from Kafka: written as JSON, read again. */
  public SortedMap<Integer, List<Received>> received(List<AccountRecord> records) {
    SortedMap<Integer, List<Received>> received = new TreeMap<>();
    for (AccountRecord record : records) {
      received.computeIfAbsent(record.partition(), _ -> new ArrayList<>()).add(received(record));
    }
    return received;
  }

  public Received received(AccountRecord record) {
    byte[] key = PartitionStream.keyOf(record).map(owner -> owner.value().getBytes(StandardCharsets.UTF_8)).orElse(null);
    return reader.read(record.partition(), 2 * record.seq(), key, JSON.writeValueAsBytes(record));
  }

  public static BlockSelector at(long block) {
    return new BlockSelector(OptionalLong.of(block), OptionalLong.empty(), Duration.ZERO);
  }

  /** Every row of every table, as text, in a fixed order; what is not a function of the stream alone is left out. */
  public Map<String, List<String>> tables() {
    Map<String, List<String>> tables = new TreeMap<>();
    for (Table<?> table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
      tables.put(table.getName(), db.select(DSL.field("x::text", String.class)).from(table.as("x"))
          .orderBy(DSL.field("x::text COLLATE \"C\"")).fetch().getValues(0, String.class));
    }
    return tables;
  }

  /** The block that the answers of partition 0 stand at; -1 without any. */
  public long visible() {
    return db.select(DSL.coalesce(Tables.PARTITION.SEALED_BLOCK, -1L)).from(Tables.PARTITION).where(Tables.PARTITION.PARTITION_.eq(0))
        .fetchSingle(row -> row.value1());
  }

  /** What {@link #visible} must be behind these records: the last seal that has not been retracted. */
  public static long visibleAfter(List<AccountRecord> records) {
    long block = -1;
    long first = -1;
    for (AccountRecord record : records) {
      if (record.event() instanceof PartitionEvent.BlockSealed seal) {
        block = seal.block();
        first = first < 0 ? block : first;
      } else if (record.event() instanceof PartitionEvent.BranchRetracted retraction) {
        block = retraction.fromBlock() <= first ? -1 : Math.min(block, retraction.fromBlock() - 1);
      }
    }
    return block;
  }

  public BatchWriter writer() {
    return writer;
  }

  public RecordReader reader() {
    return reader;
  }

  public OwnerReads answers() {
    return answers;
  }

  public GlobalReads overall() {
    return overall;
  }

  public DSLContext db() {
    return db;
  }

  public Partitions partitions() {
    return partitions;
  }

  public List<Poison> deadLetters() {
    return deadLetters;
  }

  @Override
  public void close() {
    try {
      connection.close();
      readOnly.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
