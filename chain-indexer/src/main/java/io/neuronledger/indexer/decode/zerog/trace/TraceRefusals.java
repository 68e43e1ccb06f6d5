package io.neuronledger.indexer.decode.zerog.trace;

import io.neuronledger.indexer.rpc.RpcFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Failures in a row, by what was asked. One alone says nothing: behind a balancer, a machine that lags refuses what all
 * others answer. Not thread-safe.
 */
final class TraceRefusals<K> {
  private static final int TIMES_MIN = 3;
  /** Longer than a machine lags that still answers. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  /** Longer than one takes to come up again, or is busy with something else. */
  private static final Duration PATIENCE_WITH_TROUBLE = Duration.ofMinutes(2);

  private record Row(int times, Instant since) {}

  private final InstantSource time;
  private final Map<K, Row> rows = new HashMap<>();

  TraceRefusals(InstantSource time) {
    this.time = time;
  }

  /**
   * Notes one more.
   *
   * @param expected whether the like was refused just before: then a few are enough, however fast they come
   * @return whether it will not be answered, as far as one can tell
   */
  boolean last(K asked, RpcFailure failure, boolean expected) {
    if (saysNothing(failure)) {
      return false;
    }
    Instant now = time.instant();
    Row before = rows.getOrDefault(asked, new Row(0, now));
    Row row = new Row(before.times() + 1, before.since());
    rows.put(asked, row);
    Duration patience = failure.refusesTheQuestion() ? PATIENCE : PATIENCE_WITH_TROUBLE;
    return row.times() >= TIMES_MIN && (expected || !now.isBefore(row.since().plus(patience)));
  }

  /** A node that is not there, or that asks for patience, has refused nothing. */
  static boolean saysNothing(RpcFailure failure) {
    return failure.kind() == RpcFailure.Kind.UNREACHABLE || failure.kind() == RpcFailure.Kind.THROTTLED;
  }

  void forget(Predicate<K> asked) {
    rows.keySet().removeIf(asked);
  }
}
