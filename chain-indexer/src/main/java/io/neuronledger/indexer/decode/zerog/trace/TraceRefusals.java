package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Counts consecutive failures by request. A single failure is inconclusive: behind a load balancer, a lagging machine
 * refuses requests that all others answer. Not thread-safe.
 */
final class TraceRefusals<K> {
  private static final int TIMES_MIN = 3;
  /** Longer than a lagging machine still answers. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  /** Longer than a node restarts or is overloaded. */
  private static final Duration PATIENCE_WITH_TROUBLE = Duration.ofMinutes(2);

  private record Row(int times, Instant since) {}

  private final InstantSource time;
  private final Map<K, Row> rows = new HashMap<>();

  TraceRefusals(InstantSource time) {
    this.time = time;
  }

  /**
   * Counts one more failure.
   *
   * @param expected whether a similar request was refused just before: then {@link #TIMES_MIN} failures are enough,
   *     however fast they come
   * @return whether the refusal counts as final
   */
  boolean last(K asked, RpcFailure failure, boolean expected) {
    if (isInconclusive(failure)) {
      return false;
    }
    Instant now = time.instant();
    Row before = rows.getOrDefault(asked, new Row(0, now));
    Row row = new Row(before.times() + 1, before.since());
    rows.put(asked, row);
    Duration patience = failure.refusesTheQuestion() ? PATIENCE : PATIENCE_WITH_TROUBLE;
    return row.times() >= TIMES_MIN && (expected || !now.isBefore(row.since().plus(patience)));
  }

  /** An unreachable or throttling node has refused nothing. */
  static boolean isInconclusive(RpcFailure failure) {
    return failure.kind() == RpcFailure.Kind.UNREACHABLE || failure.kind() == RpcFailure.Kind.THROTTLED;
  }

  void clear(Predicate<K> asked) {
    rows.keySet().removeIf(asked);
  }
}
