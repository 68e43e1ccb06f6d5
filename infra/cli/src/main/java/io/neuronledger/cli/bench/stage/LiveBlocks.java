package io.neuronledger.cli.bench.stage;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.bench.chain.Workload;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Latencies;
import io.neuronledger.cli.bench.figure.Stage;
import java.util.ArrayList;
import java.util.List;

/** Blocks with one event each: from the moment when the node shows one until a GET that waits for it is answered. */
final class LiveBlocks {
  private static final int MEASURED_MAX = 200;
  private static final int EVENTS_PER_BLOCK = 100;
  private static final int WARM_UP_PART = 4;

  private final Workload workload;
  private final LedgerApi query;

  LiveBlocks(Workload workload, LedgerApi query) {
    this.workload = workload;
    this.query = query;
  }

  List<Figure> measure() {
    int measured = (int) Math.min(MEASURED_MAX, workload.script().events() / EVENTS_PER_BLOCK);
    int warmUp = measured / WARM_UP_PART;
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < warmUp + measured; i++) {
      long start = System.nanoTime();
      long block = workload.showSingle(i);
      var _ = query.getOk("/v1/ledgers/" + workload.ownerOfSingle(i) + "?wait=30&min_block=" + block);
      times.add(System.nanoTime() - start);
    }
    return new Latencies(times.subList(warmUp, times.size())).figures(Stage.LIVE, "");
  }
}
