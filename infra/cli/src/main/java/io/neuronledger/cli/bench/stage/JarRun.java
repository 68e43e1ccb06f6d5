package io.neuronledger.cli.bench.stage;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.bench.chain.Workload;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.server.BenchServers;
import io.neuronledger.cli.bench.server.Costs;
import io.neuronledger.cli.bench.server.Progress;
import io.neuronledger.cli.bench.server.ServiceJars;
import io.neuronledger.cli.bench.server.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One run on the three services' jars as processes. The whole path first, until ledger-query answers by HTTP with the
 * last block and its settlement: the new processes work on half of the blocks, until they are shown, and only the rest
 * counts. Then what is measured on its data.
 */
public final class JarRun {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Workload workload;
  private final BenchServers servers;
  private final ServiceJars services;

  private JarRun(Workload workload, BenchServers servers, ServiceJars services) {
    this.workload = workload;
    this.servers = servers;
    this.services = services;
  }

  /**
   * @param servers without data
   * @param folder of the processes' output
   * @param open whether reads ask a second ledger-query in turn with the first, one that asks for no credential
   * @param openReads receives the figures of that one
   * @return the figures of the wanted stages only; the whole path runs in any case
   */
  public static List<Figure> measure(Workload workload, BenchServers servers, Set<Stage> wanted, Path folder,
      boolean open, Consumer<List<Figure>> openReads) throws Exception {
    workload.showWarmUp();
    int queryHeap = wanted.contains(Stage.SUBSCRIPTIONS)
        ? UnreadSubscriptions.HEAP_MEGABYTES : ServiceProcess.HEAP_MEGABYTES;
    try (ServiceJars services = ServiceJars.start(servers, workload.source(), queryHeap, folder)) {
      JarRun run = new JarRun(workload, servers, services);
      List<Figure> figures = new ArrayList<>(run.whole());
      if (wanted.contains(Stage.READ) || wanted.contains(Stage.SQL)) {
        List<List<Figure>> reads = new Reads(workload.script(), services, servers, folder).measure(
            open ? List.of(services.query(), services.startOpenQuery()) : List.of(services.query()));
        figures.addAll(reads.getFirst());
        reads.stream().skip(1).forEach(openReads);
      }
      if (wanted.contains(Stage.SUBSCRIPTIONS)) {
        Reads reads = new Reads(workload.script(), services, servers, folder);
        figures.addAll(new UnreadSubscriptions(workload.script(), services, reads).measure());
      }
      if (wanted.contains(Stage.LIVE)) {
        figures.addAll(new LiveBlocks(workload, services.query()).measure());
      }
      if (wanted.contains(Stage.USAGE)) {
        figures.addAll(new UsageReports(workload, services, servers).measure());
      }
      if (wanted.contains(Stage.QUIET)) {
        figures.addAll(new EmptyBlocks(workload, services, servers).measure());
      }
      if (wanted.contains(Stage.REBUILD)) {
        figures.addAll(Rebuilds.measure(services.query()));
      }
      return figures.stream().filter(figure -> wanted.contains(figure.stage())).toList();
    }
  }

  private List<Figure> whole() {
    Progress progress = new Progress(this::finished, workload.blocks(), workload.eventsPerBlock(), POLL);
    progress.await(workload.warmUpBlocks());
    workload.showAll();
    List<Costs> costs = new ArrayList<>();
    List<Figure> figures = new ArrayList<>(progress.measure(Stage.WHOLE, () -> {
      costs.add(Costs.begin(servers, services.usages()));
      return costs.getLast();
    }));
    figures.addAll(costs.getLast().peaks(Stage.WHOLE));
    requireShown();
    return figures;
  }

  private long finished() {
    long blocks = workload.blocksUpTo(services.shown());
    workload.finished(blocks);
    return blocks;
  }

  /** What was fast must also be right: every event is stored, none breaks a rule, the last one's owner shows it. */
  private void requireShown() {
    LedgerApi api = services.query();
    long block = ServiceJars.asOf(api, "/v1/ledgers/" + workload.lastOwner());
    long stored = servers.number(BenchServers.EVENT_STORE,
        "SELECT count(*) FROM account_event WHERE stream LIKE 'ledger:%' AND block IS NOT NULL");
    long discrepancies = servers.number(BenchServers.READ_MODEL, "SELECT count(*) FROM read_model.discrepancy");
    if (workload.blocksUpTo(block) < workload.blocks() || stored < workload.script().events() || discrepancies > 0) {
      throw new IllegalStateException("the ledger of the last settlement is shown as of block " + block + ", "
          + stored + " of " + workload.script().events() + " events are stored, and there are " + discrepancies
          + " discrepancies");
    }
  }
}
