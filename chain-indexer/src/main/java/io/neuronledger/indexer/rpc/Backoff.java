package io.neuronledger.indexer.rpc;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The wait after consecutive failures: doubles from {@code first} up to {@code max}, each time randomly between half
 * and all of it, so that many clients do not return at once.
 */
public record Backoff(Duration first, Duration max, RandomGenerator random) {
  private static final int DOUBLINGS_MAX = 30;

  public Backoff {
    if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
      throw new IllegalArgumentException("not 0 < " + first + " <= " + max);
    }
  }

  /** @param failures in a row, from 1 */
  public Duration after(int failures) {
    long doubled = first.toMillis() << Math.min(failures - 1, DOUBLINGS_MAX);
    long full = doubled <= 0 ? max.toMillis() : Math.min(doubled, max.toMillis());
    return Duration.ofMillis(full / 2 + random.nextLong(full - full / 2 + 1));
  }

  /** A duration around {@code mean}, a tenth more or less: polling intervals that do not synchronize. */
  public Duration around(Duration mean) {
    long tenth = Math.max(1, mean.toMillis() / 10);
    return Duration.ofMillis(Math.max(1, mean.toMillis() - tenth + random.nextLong(2 * tenth + 1)));
  }
}
