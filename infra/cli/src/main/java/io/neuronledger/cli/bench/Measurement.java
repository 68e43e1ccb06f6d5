package io.neuronledger.cli.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.cli.stack.RunningService;
import io.neuronledger.cli.stack.ServiceArguments;
import io.neuronledger.cli.stack.ServiceStarter;
import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.testkit.servers.KafkaBroker;
import io.neuronledger.testkit.servers.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One run: each stage alone on fresh servers, then all of them together on fresh servers. */
final class Measurement implements AutoCloseable {
  private static final int STOCK_EVENTS = 10_000;
  private static final String PUBLISHED_EVENTS = "ledger.command.events.published";
  private static final String PUBLISHED_BLOCK = "indexer.published.block";

  /** Events per second. */
  record Rates(double index, double intake, double project, double whole, double stockAxon, double batchInsert) {}

  private final Workload workload;
  private final PostgresServer postgres = PostgresServer.startTemporary();
  private final KafkaBroker kafka = KafkaBroker.startTemporary();
  private final Map<String, HikariDataSource> databases = new HashMap<>();
  private final ServiceStarter services =
      new ServiceStarter(postgres, new ServiceArguments(kafka.bootstrapServers(), Partitions.DEFAULT, Map.of()));

  private Measurement(Workload workload) {
    this.workload = workload;
  }

  static Rates of(Workload workload) throws Exception {
    double whole;
    try (Measurement together = new Measurement(workload)) {
      whole = together.whole();
    }
    try (Measurement apart = new Measurement(workload)) {
      return apart.stages(whole);
    }
  }

  private double whole() {
    try (RunningService _ = services.query(0);
        RunningService _ = services.command(0);
        RunningService _ = services.indexer(0, chain())) {
      return eventsPerSecond(() -> sealedBlock("ledger_query", "read_model.partition"));
    }
  }

  private Rates stages(double whole) throws Exception {
    double index;
    try (RunningService indexer = services.indexer(0, chain())) {
      MeterRegistry meters = indexer.context().getBean(MeterRegistry.class);
      index = eventsPerSecond(() -> (long) meters.get(PUBLISHED_BLOCK).gauge().value());
    }
    double intake;
    try (RunningService command = services.command(0)) {
      intake = eventsPerSecond(() -> sealedBlock("ledger_command", "partition"));
      awaitPublished(command);
    }
    double project;
    try (RunningService _ = services.query(0)) {
      project = eventsPerSecond(() -> sealedBlock("ledger_query", "read_model.partition"));
    }
    List<String> payloads = payloads();
    HikariDataSource database = database("ledger_bench");
    double stock = StockAxon.perSecond(database, EventSerializer.create(), ledgerEvents(payloads));
    return new Rates(index, intake, project, whole, stock, BatchInsert.perSecond(database, payloads));
  }

  private ChainSource.Given chain() {
    return new ChainSource.AccountLedgerOnDevChain(workload.node().rpcUrl(), Optional.empty(),
        workload.contract().address(), workload.contract().startBlock());
  }

  /** Events are evenly distributed over blocks, so the rate of blocks gives the rate of events. */
  private double eventsPerSecond(LongSupplier blockDone) {
    long first = workload.contract().startBlock();
    long blocks = workload.lastBlock() - first + 1;
    double blocksPerSecond = Progress.perSecond(() -> Math.max(0, blockDone.getAsLong() - first + 1), blocks);
    return blocksPerSecond * workload.events() / blocks;
  }

  /** The last block that every partition of a service's database has sealed; −1 before the first. */
  private long sealedBlock(String database, String table) {
    return number(database, "SELECT CASE WHEN count(*) = " + Partitions.DEFAULT.count()
        + " THEN min(coalesce(sealed_block, -1)) ELSE -1 END FROM " + table);
  }

  private void awaitPublished(RunningService command) {
    MeterRegistry meters = command.context().getBean(MeterRegistry.class);
    long stored = number("ledger_command", "SELECT sum(next_seq) FROM partition_head");
    Progress.await(() -> (long) meters.get(PUBLISHED_EVENTS).gauge().value(), stored);
  }

  private long number(String database, String sql) {
    try (Connection connection = database(database).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private List<String> payloads() throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = database("ledger_command").getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "SELECT payload FROM account_event WHERE stream LIKE 'ledger:%' ORDER BY block, partition, seq")) {
      while (rows.next()) {
        found.add(new String(rows.getBytes(1), StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  /** The newest events: settlements, like most of the workload. */
  private static List<LedgerEvent> ledgerEvents(List<String> payloads) throws IOException {
    List<LedgerEvent> events = new ArrayList<>();
    for (String payload : payloads.subList(Math.max(0, payloads.size() - STOCK_EVENTS), payloads.size())) {
      if (EventSerializer.MAPPER.readValue(payload, AccountEvent.class) instanceof LedgerEvent event) {
        events.add(event);
      }
    }
    return events;
  }

  private HikariDataSource database(String name) {
    return databases.computeIfAbsent(name, this::open);
  }

  private HikariDataSource open(String name) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.jdbcUrl(name));
    config.setUsername(postgres.user());
    config.setPassword(postgres.password());
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    databases.values().forEach(HikariDataSource::close);
    kafka.close();
    postgres.close();
  }
}
