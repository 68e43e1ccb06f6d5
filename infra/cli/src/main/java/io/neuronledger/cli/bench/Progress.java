package io.neuronledger.cli.bench;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Measures the rate of a counter until it reaches its end. */
final class Progress {
  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(10);

  private Progress() {}

  /**
   * Subtracts the first value of the counter: the stage may have started while its application was still starting.
   *
   * @param done the counter
   * @param all the end value
   * @return the rate per second, from the first read to the end
   * @throws IllegalStateException if the counter does not reach its end within ten minutes, or reached it before the
   *     first read
   */
  static double perSecond(LongSupplier done, long all) {
    long start = System.nanoTime();
    long before = done.getAsLong();
    if (before >= all) {
      throw new IllegalStateException("all " + all + " were done before the first read: too few to measure");
    }
    await(done, all);
    return (all - before) / ((System.nanoTime() - start) / 1e9);
  }

  /** @throws IllegalStateException if it does not end within ten minutes */
  static void await(LongSupplier done, long all) {
    long start = System.nanoTime();
    while (done.getAsLong() < all) {
      if (System.nanoTime() - start > DEADLINE.toNanos()) {
        throw new IllegalStateException("only " + done.getAsLong() + " of " + all + " after " + DEADLINE);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
