package io.neuronledger.cli.bench.figure;

import java.util.Collection;

/** The median, the smallest and the largest of the runs' values. */
public record Summary(double median, double min, double max) {
  /** @throws IllegalArgumentException without values */
  public static Summary of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Summary(median, sorted[0], sorted[sorted.length - 1]);
  }
}
