package io.neuronledger.foundation.access.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.neuronledger.foundation.access.caller.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** What each caller has left in this instance. A caller is forgotten some time after its bucket is full again. */
final class CallerRates {
  /** Some 10 MB. Above it the caller that has asked least is forgotten, and begins with a full bucket. */
  private static final int CALLERS_MAX = 20_000;
  /** Longer than any request, so that requests in progress stay counted. */
  private static final Duration KEPT_MIN = Duration.ofHours(1);

  private final RateSettings settings;
  private final Optional<SharedBuckets> shared;
  private final ClockMeter meter;
  private final Cache<String, CallerRate> rates;

  CallerRates(RateSettings settings, Optional<SharedBuckets> shared, InstantSource clock) {
    this.settings = settings;
    this.shared = shared;
    this.meter = new ClockMeter(clock);
    this.rates = Caffeine.newBuilder().maximumSize(CALLERS_MAX).ticker(meter::currentTimeNanos)
        .expireAfter(Expiry.accessing((String _, CallerRate rate) -> kept(rate))).build();
  }

  private static Duration kept(CallerRate rate) {
    Duration refill = rate.limit().refillTime();
    return refill.compareTo(KEPT_MIN) > 0 ? refill : KEPT_MIN;
  }

  CallerRate of(Caller caller) {
    return rates.get(nameOf(caller), name -> create(settings.of(caller), name));
  }

  /** The rate of those who call without a credential. */
  CallerRate of(RemoteNetwork network) {
    return rates.get(network.name(), name -> create(settings.usual(), name));
  }

  private CallerRate create(RateLimit limit, String name) {
    return new CallerRate(limit, meter,
        shared.map(buckets -> new SharedPortion(buckets, SharedBuckets.key(name, limit), limit, meter.clock())));
  }

  /** Subjects of different kinds of credentials are different callers. */
  private static String nameOf(Caller caller) {
    return caller.credential() + " " + caller.subject();
  }

  /** How many callers are remembered. */
  long size() {
    rates.cleanUp();
    return rates.estimatedSize();
  }
}
