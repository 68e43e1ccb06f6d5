package io.neuronledger.foundation.access.rate;

import java.time.Duration;

/**
 * Whether a request is within its caller's rate.
 *
 * @param remaining requests that may follow at once
 * @param untilFull the time after which the whole burst may come again
 * @param untilNext the time after which the next request is within the rate; zero if it is now
 */
record RateDecision(boolean isWithin, long remaining, Duration untilFull, Duration untilNext) {}
