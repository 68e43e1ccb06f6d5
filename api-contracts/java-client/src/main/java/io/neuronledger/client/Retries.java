package io.neuronledger.client;

import java.time.Duration;

/**
 * How often and how long a request is sent again. Before the n-th repetition the client waits for a random part of
 * {@code firstDelay · 2^(n-1)}, and at least for as long as the service asks by {@code Retry-After}.
 *
 * @param repetitionsMax after the first time, 0 or more; 0 sends each request once
 * @param firstDelay more than zero
 * @param waitMax for all waits of one request together; what would wait longer is not sent again
 */
public record Retries(int repetitionsMax, Duration firstDelay, Duration waitMax) {
  /** Each request once. */
  public static final Retries NONE = new Retries(0, Duration.ofMillis(200), Duration.ZERO);
  /** Five repetitions within two minutes. */
  public static final Retries DEFAULT = new Retries(5, Duration.ofMillis(200), Duration.ofMinutes(2));

  private static final int DOUBLINGS_MAX = 16;

  public Retries {
    if (repetitionsMax < 0 || !firstDelay.isPositive() || waitMax.isNegative()) {
      throw new IllegalArgumentException("not a number of repetitions and their delays: " + repetitionsMax + ", "
          + firstDelay + ", " + waitMax);
    }
  }

  /** The longest wait before the n-th repetition, from 1 on, where the service has not asked for a longer one. */
  Duration delayMax(int repetition) {
    return firstDelay.multipliedBy(1L << Math.min(repetition - 1, DOUBLINGS_MAX));
  }
}
