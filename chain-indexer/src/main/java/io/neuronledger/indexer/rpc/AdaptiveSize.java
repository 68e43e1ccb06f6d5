package io.neuronledger.indexer.rpc;

/**
 * The size of requests. Providers limit batches and ranges, each with its own wording, so any failure halves the size;
 * it grows again slowly, and for a while not back to a size that just failed. Not thread-safe.
 */
public final class AdaptiveSize {
  /** After so many full answers in a row a failed size is tried again. */
  private static final int CEILING_RESET_AFTER = 64;
  private static final int GROWTH_DIVISOR = 8;
  private static final int CEILING_DIVISOR = 16;

  private final int max;
  private int current;
  private int ceiling;
  private int fullAnswers;

  public AdaptiveSize(int first, int max) {
    if (first < 1 || first > max) {
      throw new IllegalArgumentException("not 1 <= " + first + " <= " + max);
    }
    this.max = max;
    this.current = first;
    this.ceiling = max;
  }

  public int current() {
    return current;
  }

  /** @param used the size that succeeded; less than {@link #current} proves nothing about more */
  public void worked(int used) {
    if (used < current) {
      return;
    }
    fullAnswers++;
    if (fullAnswers >= CEILING_RESET_AFTER) {
      fullAnswers = 0;
      ceiling = max;
    }
    current = Math.min(ceiling, current + Math.max(1, current / GROWTH_DIVISOR));
  }

  /** Restores a size: the failures since then did not depend on it. */
  public void restore(int before) {
    current = before;
    ceiling = Math.max(ceiling, before);
  }

  /**
   * @param used the size that failed
   * @return whether a smaller size is possible
   */
  public boolean failed(int used) {
    fullAnswers = 0;
    if (used <= 1) {
      current = 1;
      return false;
    }
    ceiling = used - Math.max(1, used / CEILING_DIVISOR);
    current = used / 2;
    return true;
  }
}
