package io.neuronledger.cli.bench.stage;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.cli.bench.chain.Workload;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.figure.Unit;
import io.neuronledger.cli.bench.reference.SameRows;
import io.neuronledger.cli.bench.reference.StockAxon;
import io.neuronledger.cli.bench.server.BenchServers;
import io.neuronledger.cli.bench.server.Costs;
import io.neuronledger.cli.bench.server.ProcessUsage;
import io.neuronledger.cli.bench.server.Progress;
import io.neuronledger.cli.stack.RunningService;
import io.neuronledger.cli.stack.ServiceStarter;
import io.neuronledger.command.store.form.EventSerializer;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One run of the stages one after the other on the same fresh servers: each works on what the one before has left. The
 * services run in this JVM, which the warm-up run has compiled.
 */
public final class StageRun {
  private static final int STOCK_EVENTS = 10_000;
  private static final int ROWS_MAX = 100_000;
  private static final Duration POLL = Duration.ofMillis(10);
  private static final String PUBLISHED_EVENTS = "ledger.command.events.published";
  private static final String PUBLISHED_BLOCK = "indexer.published.block";
  private static final String PUBLISHED_RECORDS = "indexer.records.published";

  private final Workload workload;
  private final BenchServers servers;
  private final Set<Stage> wanted;
  private final ServiceStarter services;
  private final List<Figure> figures = new ArrayList<>();
  private long chainRecords;

  private StageRun(Workload workload, BenchServers servers, Set<Stage> wanted) {
    this.workload = workload;
    this.servers = servers;
    this.wanted = wanted;
    this.services = new ServiceStarter(servers.postgres(), servers.arguments());
  }

  /**
   * @param servers without data
   * @return the figures of the wanted stages only; the stages before them run too
   */
  public static List<Figure> measure(Workload workload, BenchServers servers, Set<Stage> wanted) throws Exception {
    StageRun run = new StageRun(workload, servers, wanted);
    run.index();
    if (run.goesBeyond(Stage.INDEX)) {
      run.intake();
    }
    if (wanted.contains(Stage.PROJECT)) {
      run.project();
    }
    run.references();
    return run.figures.stream().filter(figure -> wanted.contains(figure.stage())).toList();
  }

  private boolean goesBeyond(Stage stage) {
    return wanted.stream().anyMatch(each -> each.compareTo(stage) > 0);
  }

  private void index() {
    workload.showAll();
    try (RunningService indexer = services.indexer(0, workload.source())) {
      MeterRegistry meters = indexer.context().getBean(MeterRegistry.class);
      measure(Stage.INDEX, "chain-indexer and the chain's node",
          () -> workload.blocksUpTo((long) meters.get(PUBLISHED_BLOCK).gauge().value()));
      chainRecords = (long) meters.get(PUBLISHED_RECORDS).counter().count();
    }
  }

  private void intake() {
    try (RunningService command = services.command(0)) {
      measure(Stage.INTAKE, "ledger-command", () -> recorded(chainRecords));
      MeterRegistry meters = command.context().getBean(MeterRegistry.class);
      new Progress(() -> (long) meters.get(PUBLISHED_EVENTS).gauge().value(), storedEvents(), 1, POLL).awaitEnd();
    }
  }

  private void project() {
    try (RunningService _ = services.query(0)) {
      measure(Stage.PROJECT, "ledger-query", this::answered);
    }
  }

  private void measure(Stage stage, String service, LongSupplier finished) {
    LongSupplier observed = () -> {
      long blocks = finished.getAsLong();
      workload.finished(blocks);
      return blocks;
    };
    figures.addAll(new Progress(observed, workload.blocks(), workload.eventsPerBlock(), POLL)
        .measure(stage, () -> Costs.begin(servers, List.of(ProcessUsage.ownOf(service)))));
  }

  private long storedEvents() {
    return servers.number(BenchServers.EVENT_STORE, "SELECT sum(next_seq) FROM partition_head");
  }

  /**
   * The number of blocks that ledger-command has recorded, by its share of the records: a partition is sealed only
   * where it has records, so its last seal does not show whether the others have come as far.
   */
  private long recorded(long records) {
    long stored = servers.number(BenchServers.EVENT_STORE, "SELECT coalesce(sum(next_seq), 0) FROM partition");
    return Math.min(workload.blocks(), workload.blocks() * stored / records);
  }

  /** The number of blocks that the answers of every partition include. */
  private long answered() {
    return workload.blocksUpTo(servers.number(BenchServers.READ_MODEL, """
        SELECT coalesce(min(coalesce(
          (SELECT n.block - 1 FROM read_model.block_next n
          WHERE n.partition = p.partition AND n.next_seq > coalesce(p.chain_next, 0) ORDER BY n.next_seq LIMIT 1),
          b.newest_block)), -1) FROM read_model.partition p CROSS JOIN read_model.blocks_position b"""));
  }

  private void references() throws Exception {
    if (wanted.stream().noneMatch(Stage::isReference)) {
      return;
    }
    List<String> payloads = payloads();
    SameRows rows = new SameRows(servers.database("ledger_bench"), payloads);
    if (wanted.contains(Stage.STOCK)) {
      add(Stage.STOCK, StockAxon.perSecond(servers.database("ledger_bench"), EventSerializer.create(),
          ledgerEvents(payloads)));
    }
    if (wanted.contains(Stage.INSERT)) {
      add(Stage.INSERT, rows.insertedPerSecond());
    }
    if (wanted.contains(Stage.COPY)) {
      add(Stage.COPY, rows.copiedPerSecond());
    }
  }

  private void add(Stage stage, double perSecond) {
    figures.add(Figure.of(stage, "", Unit.EVENTS_PER_SECOND, perSecond));
  }

  /** The newest events: settlements, like most of the workload. */
  private List<String> payloads() throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = servers.database(BenchServers.EVENT_STORE).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT payload FROM account_event WHERE stream LIKE 'ledger:%' "
            + "ORDER BY block DESC, partition, seq LIMIT " + ROWS_MAX)) {
      while (rows.next()) {
        found.add(new String(rows.getBytes(1), StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  private static List<LedgerEvent> ledgerEvents(List<String> payloads) {
    List<LedgerEvent> events = new ArrayList<>();
    for (String payload : payloads.subList(0, Math.min(STOCK_EVENTS, payloads.size()))) {
      if (TopicJson.MAPPER.readValue(payload, AccountEvent.class) instanceof LedgerEvent event) {
        events.add(event);
      }
    }
    return events;
  }
}
