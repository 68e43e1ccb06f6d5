package io.neuronledger.local.bench;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Watches a counter until it reaches its end, and tells how long that took from its first movement on. */
final class Progress {
  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private Progress() {}

  /**
   * From the first look that finds something done, because starting a JVM's classes is not what is measured; what was
   * done by then is taken off.
   *
   * @param done how much is done
   * @param all how much there is
   * @return things per second
   * @throws IllegalStateException if it does not end within ten minutes
   */
  static double perSecond(LongSupplier done, long all) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    long before = 0;
    long start = System.nanoTime();
    while (true) {
      long now = done.getAsLong();
      long time = System.nanoTime();
      if (before == 0 && now > 0) {
        before = now;
        start = time;
      }
      if (now >= all) {
        return (all - before) / ((time - start) / 1e9);
      }
      if (time > deadline) {
        throw new IllegalStateException("only " + now + " of " + all + " after " + DEADLINE);
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
