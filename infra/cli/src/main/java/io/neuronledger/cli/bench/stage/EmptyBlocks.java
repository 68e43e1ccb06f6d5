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

/**
 * Blocks in which nothing happens: many at once, as in back-fill, and at the head one by one, after as many that do not
 * count.
 */
final class EmptyBlocks {
  private static final Duration POLL = Duration.ofMillis(5);
  private static final int PARTS_AT_HEAD = 2;

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
    long atHead = Math.max(1, blocks / PARTS_AT_HEAD);
    showEach(shown + atHead);
    figures.addAll(measure("at the head", atHead, this::showEach));
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

  /** Shows one after the other, each when a GET that waits for the one before is answered. */
  private void showEach(long last) {
    while (shown < last) {
      shown++;
      long block = workload.showEmpty(shown);
      var _ = services.query().getOk("/v1/ledgers/" + workload.lastOwner() + "?wait=30&min_block=" + block);
    }
  }

  /** Returns when all empty blocks up to this one are shown by ledger-query. */
  private void showUpTo(long empty) {
    long block = workload.showEmpty(empty);
    new Progress(services::shown, block, 0, POLL).awaitEnd();
    shown = empty;
  }
}
