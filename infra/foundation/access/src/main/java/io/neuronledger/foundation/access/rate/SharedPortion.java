package io.neuronledger.foundation.access.rate;

import io.github.bucket4j.BucketExceptions.BucketExecutionException;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that this instance has taken from a caller's shared bucket: several in one statement, and no statement
 * while the bucket is known to be empty, however often the caller asks.
 */
final class SharedPortion {
  private static final Logger log = LoggerFactory.getLogger(SharedPortion.class);
  /** After a failure nobody asks for so long: those who waited for the one that failed would wait as long again. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final SharedBuckets buckets;
  private final String key;
  private final RateLimit limit;
  private final InstantSource clock;
  private long held;
  private long left;
  private Instant full = Instant.MIN;
  private Instant empty = Instant.MIN;
  private Instant unknown = Instant.MIN;

  SharedPortion(SharedBuckets buckets, String key, RateLimit limit, InstantSource clock) {
    this.buckets = buckets;
    this.key = key;
    this.limit = limit;
    this.clock = clock;
  }

  /** Takes one request; empty if the database does not answer, or did not a moment ago. */
  synchronized Optional<RateDecision> take() {
    Instant now = clock.instant();
    if (held == 0 && !now.isBefore(empty) && (now.isBefore(unknown) || !refill(now))) {
      return Optional.empty();
    }
    boolean isWithin = held > 0;
    held -= isWithin ? 1 : 0;
    return Optional.of(new RateDecision(isWithin, held + left, until(full, now),
        isWithin ? Duration.ZERO : until(empty, now)));
  }

  /** @return false if the database does not answer */
  private boolean refill(Instant now) {
    try {
      VerboseResult<Long> taken = buckets.take(key, limit);
      held = taken.getValue();
      left = taken.getState().getAvailableTokens();
      full = now.plusNanos(taken.getDiagnostics().calculateFullRefillingTime());
      empty = held > 0 ? Instant.MIN : now.plus(CallerRate.untilNext(taken));
      return true;
    } catch (BucketExecutionException e) {
      log.warn("the rate of a caller is unknown, because the database does not answer: {}", e.getMessage());
      unknown = clock.instant().plus(RETRY_AFTER);
      return false;
    }
  }

  private static Duration until(Instant time, Instant now) {
    return time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO;
  }
}
