package io.neuronledger.local.bench;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Watches a counter until it reaches its end, and tells how fast it moved. */
final class Progress {
  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private Progress() {}

  /**
   * What is done at the first look is taken off: the stage may have begun while its application still started.
   *
   * @param done how much is done
   * @param all how much there is
   * @return things per second, from the first look to the end
   * @throws IllegalStateException if it does not end within ten minutes, or has ended before the first look
   */
  static double perSecond(LongSupplier done, long all) {
    long start = System.nanoTime();
    long before = done.getAsLong();
    if (before >= all) {
      throw new IllegalStateException("all " + all + " were done before the first look: too few to measure");
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
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
