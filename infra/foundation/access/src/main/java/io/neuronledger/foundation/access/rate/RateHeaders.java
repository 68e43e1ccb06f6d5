package io.neuronledger.foundation.access.rate;

import java.time.Duration;

/** The headers RateLimit and RateLimit-Policy, in structured fields. */
final class RateHeaders {
  static final String POLICY = "RateLimit-Policy";
  static final String STATE = "RateLimit";

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private RateHeaders() {}

  /** A burst in the time in which the bucket fills, which is the rate; and the requests at once. */
  static String policy(RateLimit limit) {
    return "\"rate\";q=" + limit.burst() + ";w=" + seconds(limit.refillTime())
        + ", \"at-once\";q=" + limit.atOnce() + ";qu=\"concurrent-requests\"";
  }

  static String state(RateDecision decision) {
    return "\"rate\";r=" + decision.remaining() + ";t=" + seconds(decision.untilFull());
  }

  /** Whole seconds, rounded up: whoever waits for so long does not come too early. */
  static String seconds(Duration time) {
    return String.valueOf(Math.ceilDiv(time.toNanos(), NANOS_PER_SECOND));
  }
}
