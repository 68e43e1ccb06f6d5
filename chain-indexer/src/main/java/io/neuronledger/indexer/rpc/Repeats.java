package io.neuronledger.indexer.rpc;

import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Duration;

/**
 * The repeats of a single request after a transient failure: a few, each after a longer wait with jitter, or after the
 * wait that the node asks for.
 */
public record Repeats(Backoff backoff, Sleeper sleeper) {
  private static final int MAX = 3;
  /** A node that asks for a longer wait is left alone instead. */
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);

  /**
   * Waits before the request is repeated.
   *
   * @param failures of the request in a row, from 1
   * @return false where it must not be repeated
   */
  boolean waitToRepeat(RpcFailure failure, int failures) {
    if (!failure.mayPass() || failures > MAX) {
      return false;
    }
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    if (asked.compareTo(WAIT_MAX) > 0) {
      return false;
    }
    Duration own = backoff.after(failures);
    try {
      sleeper.sleep(asked.plus(own.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : own));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
