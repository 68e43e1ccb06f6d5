package io.neuronledger.cli.bench.figure;

import java.util.Collection;
import java.util.List;

/** The times of many repetitions, in milliseconds. */
public final class Latencies {
  private static final double NANOSECONDS = 1e6;

  private final double[] sorted;

  /** @param nanoseconds at least one */
  public Latencies(Collection<Long> nanoseconds) {
    if (nanoseconds.isEmpty()) {
      throw new IllegalArgumentException("no times");
    }
    this.sorted = nanoseconds.stream().mapToDouble(each -> each / NANOSECONDS).sorted().toArray();
  }

  /** The smallest time that so many percent of all do not exceed. */
  public double percentile(double percent) {
    return sorted[(int) Math.ceil(percent / 100 * sorted.length) - 1];
  }

  /** @param which a prefix of the subjects; empty for none */
  public List<Figure> figures(Stage stage, String which) {
    return List.of(Figure.of(stage, which + "p50", Unit.MILLISECONDS, percentile(50)),
        Figure.of(stage, which + "p99", Unit.MILLISECONDS, percentile(99)));
  }
}
