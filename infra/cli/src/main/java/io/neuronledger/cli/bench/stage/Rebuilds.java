package io.neuronledger.cli.bench.stage;

import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.figure.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A rebuild of the read model beside the live one, until the new one answers. */
final class Rebuilds {
  private static final String PATH = "/v1/admin/rebuild";
  private static final Set<String> RUNNING = Set.of("building", "switched");
  private static final Duration TIMEOUT = Duration.ofHours(2);

  private Rebuilds() {}

  static List<Figure> measure(LedgerApi query) {
    long start = System.nanoTime();
    var _ = query.post(PATH);
    JsonNode last = query.getUntil(PATH, TIMEOUT, status -> !RUNNING.contains(status.path("state").asString()));
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!last.path("state").asString().equals("done")) {
      throw new IllegalStateException("the rebuild has not ended well: " + last);
    }
    return List.of(Figure.of(Stage.REBUILD, "", Unit.EVENTS_PER_SECOND, last.path("events_total").asLong() / seconds));
  }
}
