package io.neuronledger.cli.bench.stage;

import io.neuronledger.cli.bench.chain.Workload;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.figure.Unit;
import io.neuronledger.cli.bench.server.BenchServers;
import io.neuronledger.cli.bench.server.Costs;
import io.neuronledger.cli.bench.server.Progress;
import io.neuronledger.cli.bench.server.ServiceJars;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Blocks in which nothing happens: many at once, as in back-fill, and at the head one by one. */
final class EmptyBlocks {
  private static final Duration POLL = Duration.ofMillis(5);
  private static final int PARTS_AT_HEAD = 20;

  private final Workload workload;
  private final ServiceJars services;
  private final BenchServers servers;
  private final long blocks;
  private long shown;

  EmptyBlocks(Workload workload, ServiceJars services, BenchServers servers) {
    this.workload = workload;
    this.services = services;
    this.servers = servers;
    this.blocks = workload.blocks();
  }

  List<Figure> measure() {
    showUpTo(0);
    List<Figure> figures = new ArrayList<>(measure("in back-fill", blocks, this::showUpTo));
    figures.addAll(measure("at the head", Math.max(1, blocks / PARTS_AT_HEAD), last -> {
      for (long block = shown + 1; block <= last; block++) {
        showUpTo(block);
      }
    }));
    return figures;
  }

  private List<Figure> measure(String which, long count, LongConsumer showUpTo) {
    servers.checkpoint();
    Costs costs = Costs.begin(servers, services.usages());
    long start = System.nanoTime();
    showUpTo.accept(shown + count);
    double seconds = (System.nanoTime() - start) / 1e9;
    servers.checkpoint();
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of(Stage.QUIET, which, Unit.BLOCKS_PER_SECOND, count / seconds));
    figures.addAll(costs.perBlock(Stage.QUIET, which, (double) count));
    return figures;
  }

  /** Returns when all empty blocks up to this one are shown by ledger-query. */
  private void showUpTo(long empty) {
    long block = workload.showEmpty(empty);
    new Progress(services::shown, block, 0, POLL).awaitEnd();
    shown = empty;
  }
}
