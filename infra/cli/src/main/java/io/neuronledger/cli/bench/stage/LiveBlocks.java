package io.neuronledger.cli.bench.stage;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.bench.chain.Workload;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Latencies;
import io.neuronledger.cli.bench.figure.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks with one event each: from the moment when the node shows one until a GET that waits for it is answered. The
 * first are of processes that have done no single event before; what counts comes after a thousand, when the code of
 * this path has been compiled.
 */
final class LiveBlocks {
  private static final int MEASURED_MAX = 200;
  private static final int EVENTS_PER_BLOCK = 100;
  private static final int FIRST_PARTS = 2;
  private static final int WARM_UP_TIMES = 5;

  private final Workload workload;
  private final LedgerApi query;

  LiveBlocks(Workload workload, LedgerApi query) {
    this.workload = workload;
    this.query = query;
  }

  List<Figure> measure() {
    int measured = (int) Math.min(MEASURED_MAX, workload.script().events() / EVENTS_PER_BLOCK);
    int first = measured / FIRST_PARTS;
    int warmUp = measured * WARM_UP_TIMES;
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < warmUp + measured; i++) {
      long start = System.nanoTime();
      long block = workload.showSingle(i);
      var _ = query.getOk("/v1/ledgers/" + workload.ownerOfSingle(i) + "?wait=30&min_block=" + block);
      times.add(System.nanoTime() - start);
    }
    List<Figure> figures =
        new ArrayList<>(new Latencies(times.subList(warmUp, times.size())).figures(Stage.LIVE, ""));
    figures.addAll(new Latencies(times.subList(0, first)).figures(Stage.LIVE, "the first %d, ".formatted(first)));
    return figures;
  }
}
