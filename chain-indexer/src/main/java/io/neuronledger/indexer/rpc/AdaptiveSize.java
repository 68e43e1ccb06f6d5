package io.neuronledger.indexer.rpc;

/**
 * How much to ask for at once. Providers limit batches and ranges, each in its own words, so any failure halves it; it
 * grows again slowly, and for a while not back to a size that just failed. Not thread-safe.
 */
public final class AdaptiveSize {
  /** After so many full answers in a row a size that had failed is tried again. */
  private static final int FORGIVEN_AFTER = 64;
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

  /** @param used how much was asked for; less than {@link #current} proves nothing about more */
  public void worked(int used) {
    if (used < current) {
      return;
    }
    fullAnswers++;
    if (fullAnswers >= FORGIVEN_AFTER) {
      fullAnswers = 0;
      ceiling = max;
    }
    current = Math.min(ceiling, current + Math.max(1, current / GROWTH_DIVISOR));
  }

  /** The failures since then were not about how much was asked for. */
  public void takeBack(int before) {
    current = before;
    ceiling = Math.max(ceiling, before);
  }

  /**
   * @param used how much was asked for
   * @return whether less can be asked for
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
