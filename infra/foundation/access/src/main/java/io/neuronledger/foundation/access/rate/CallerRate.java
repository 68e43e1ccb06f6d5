package io.neuronledger.foundation.access.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** What one caller has left in this instance: a bucket of its own, a portion of the shared one, requests at once. */
final class CallerRate {
  private final RateLimit limit;
  private final Bucket own;
  private final Semaphore places;
  private final Optional<SharedPortion> shared;

  CallerRate(RateLimit limit, ClockMeter meter, Optional<SharedPortion> shared) {
    this.limit = limit;
    this.own = limit.bucket(meter);
    this.places = new Semaphore(limit.atOnce());
    this.shared = shared;
  }

  RateLimit limit() {
    return limit;
  }

  /** @return false if as many requests are in progress as may be; else {@link #leave} must follow */
  boolean enter() {
    return places.tryAcquire();
  }

  void leave() {
    places.release();
  }

  /** Takes one request from the bucket that all instances share; empty if the database does not answer. */
  Optional<RateDecision> takeShared() {
    return shared.isPresent() ? shared.get().take() : Optional.of(take());
  }

  /** Takes one request from this instance's bucket. */
  RateDecision take() {
    VerboseResult<Boolean> taken = own.asVerbose().tryConsume(1);
    return new RateDecision(taken.getValue(), taken.getState().getAvailableTokens(),
        Duration.ofNanos(taken.getDiagnostics().calculateFullRefillingTime()),
        taken.getValue() ? Duration.ZERO : untilNext(taken));
  }

  /** The time after which a bucket has a token again. */
  static Duration untilNext(VerboseResult<?> result) {
    return Duration.ofNanos(result.getState().calculateDelayNanosAfterWillBePossibleToConsume(1,
        result.getOperationTimeNanos(), true));
  }
}
