package io.neuronledger.cli.bench.stage;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.server.BenchServers;
import io.neuronledger.cli.bench.server.Costs;
import io.neuronledger.cli.bench.server.Progress;
import io.neuronledger.cli.bench.server.ServiceProcess;
import io.neuronledger.cli.bench.workload.Workload;
import io.neuronledger.cli.stack.ServiceArguments;
import io.neuronledger.testkit.servers.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The whole path: the three services' jars as processes, from the moment when all are live until ledger-query answers
 * by HTTP with the last block and its settlement. Each run starts new processes, whose code is compiled meanwhile.
 */
public final class WholePath implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Workload workload;
  private final BenchServers servers;
  private final List<ServiceProcess> services = new ArrayList<>();

  private WholePath(Workload workload, BenchServers servers, Path logs) {
    this.workload = workload;
    this.servers = servers;
    ServiceArguments arguments = servers.arguments();
    try {
      int query = FreePort.find();
      start("ledger-query", query, arguments.query(query, servers.credentials(BenchServers.READ_MODEL)), logs);
      int command = FreePort.find();
      start("ledger-command", command, arguments.command(command, servers.credentials(BenchServers.EVENT_STORE)), logs);
      int indexer = FreePort.find();
      start("chain-indexer", indexer, arguments.indexer(indexer, workload.chain()), logs);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * @param servers without data
   * @param logs the folder of the processes' output
   */
  public static List<Figure> measure(Workload workload, BenchServers servers, Path logs) {
    try (WholePath whole = new WholePath(workload, servers, logs)) {
      return whole.measure();
    }
  }

  private void start(String name, int port, List<String> arguments, Path logs) {
    services.add(ServiceProcess.start(name, port, arguments, logs.resolve(name + ".out")));
  }

  private List<Figure> measure() {
    LedgerApi api = services.getFirst().api();
    Progress progress = new Progress(() -> workload.blocksUpTo(shown(api, "/v1/status")), workload.blocks(),
        workload.eventsPerBlock(), POLL);
    List<Costs> costs = new ArrayList<>();
    List<Figure> figures = new ArrayList<>(progress.measure(Stage.WHOLE, () -> {
      costs.add(Costs.begin(servers, Stream.concat(services.stream().map(ServiceProcess::usage),
          Stream.of(workload.nodeUsage())).toList()));
      return costs.getFirst();
    }));
    figures.addAll(costs.getFirst().peaks(Stage.WHOLE));
    long last = shown(api, "/v1/ledgers/" + workload.lastOwner());
    if (workload.blocksUpTo(last) < workload.blocks()) {
      throw new IllegalStateException("the ledger of the last settlement is shown as of block " + last + " only");
    }
    return figures;
  }

  /** The block of an answer; −1 before there is one. */
  private static long shown(LedgerApi api, String path) {
    return api.find(path).map(answer -> answer.at("/as_of/block").asLong(-1)).orElse(-1L);
  }

  @Override
  public void close() {
    services.reversed().forEach(ServiceProcess::close);
  }
}
