package io.neuronledger.foundation.access.rate;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * How many requests a caller may send.
 *
 * @param perMinute requests in a minute, over a longer time
 * @param burst requests that may come at once after a pause: the size of the bucket
 * @param atOnce requests in progress at the same time, in one instance
 */
public record RateLimit(int perMinute, int burst, int atOnce) {
  /** The largest value of each. */
  public static final int MAX = 100_000_000;
  /** How many parts a full bucket has that an instance takes at a time: what it holds unused is at most one of them. */
  private static final int PORTIONS = 10;

  /** @throws IllegalArgumentException unless each is from 1 to {@value #MAX} */
  public RateLimit {
    require(perMinute, "requests per minute");
    require(burst, "requests of a burst");
    require(atOnce, "requests at once");
  }

  private static void require(int value, String what) {
    if (value < 1 || value > MAX) {
      throw new IllegalArgumentException("the number of " + what + " must be from 1 to " + MAX + ", not " + value);
    }
  }

  /** Of a bucket that all instances share. */
  BucketConfiguration bucket() {
    return BucketConfiguration.builder().addLimit(bandwidth()).build();
  }

  /** A bucket of this instance. */
  Bucket bucket(ClockMeter meter) {
    return Bucket.builder().addLimit(bandwidth()).withCustomTimePrecision(meter).build();
  }

  private Bandwidth bandwidth() {
    return Bandwidth.builder().capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)).build();
  }

  /** The time in which an empty bucket fills. */
  Duration refillTime() {
    return Duration.ofNanos(Math.ceilDiv(Duration.ofMinutes(1).toNanos() * burst, perMinute));
  }

  /** The tokens that an instance takes from a shared bucket in one statement. */
  int portion() {
    return Math.ceilDiv(burst, PORTIONS);
  }
}
