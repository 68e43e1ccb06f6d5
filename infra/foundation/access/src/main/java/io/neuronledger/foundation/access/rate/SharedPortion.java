package io.neuronledger.foundation.access.rate;

import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The requests that this instance has taken from a caller's shared bucket: several in one statement, and no statement
 * while the bucket is known to be empty, however often the caller asks.
 */
final class SharedPortion {
  private final SharedBuckets buckets;
  private final String key;
  private final RateLimit limit;
  private final InstantSource clock;
  private long held;
  private long left;
  private Instant full = Instant.MIN;
  private Instant empty = Instant.MIN;

  SharedPortion(SharedBuckets buckets, String key, RateLimit limit, InstantSource clock) {
    this.buckets = buckets;
    this.key = key;
    this.limit = limit;
    this.clock = clock;
  }

  /** @throws io.github.bucket4j.BucketExceptions.BucketExecutionException if the database does not answer */
  synchronized RateDecision take() {
    Instant now = clock.instant();
    if (held == 0 && !now.isBefore(empty)) {
      refill(now);
    }
    boolean isWithin = held > 0;
    held -= isWithin ? 1 : 0;
    return new RateDecision(isWithin, held + left, until(full, now), isWithin ? Duration.ZERO : until(empty, now));
  }

  private void refill(Instant now) {
    VerboseResult<Long> taken = buckets.take(key, limit);
    held = taken.getValue();
    left = taken.getState().getAvailableTokens();
    full = now.plusNanos(taken.getDiagnostics().calculateFullRefillingTime());
    empty = held > 0 ? Instant.MIN : now.plus(CallerRate.untilNext(taken));
  }

  private static Duration until(Instant time, Instant now) {
    return time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO;
  }
}
