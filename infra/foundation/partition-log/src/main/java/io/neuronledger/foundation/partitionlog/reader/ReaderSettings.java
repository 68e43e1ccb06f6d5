package io.neuronledger.foundation.partitionlog.reader;

import java.time.Duration;

/**
 * How a service reads a topic.
 *
 * @param poll the longest wait for records
 * @param retryAfter the pause of a partition after its first failure; each further one in a row doubles it, up to
 *     {@link #RETRY_MAX}
 * @param haltedRetryAfter the pause of a halted partition, which an operator must repair, before it is read again
 * @param recounts whether a partition is counted from its first record if the stored offset does not lead to the next
 *     seq; else it halts there
 */
public record ReaderSettings(Duration poll, Duration retryAfter, Duration haltedRetryAfter, boolean recounts) {
  /** The longest pause between two attempts. */
  public static final Duration RETRY_MAX = Duration.ofSeconds(10);

  private static final int DOUBLINGS_MAX = 20;

  /** @param failures the number of failures in a row, at least 1 */
  Duration retryAfter(int failures) {
    Duration longest = retryAfter.compareTo(RETRY_MAX) > 0 ? retryAfter : RETRY_MAX;
    Duration pause = retryAfter.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
