package io.neuronledger.foundation.access.rate;

import io.neuronledger.foundation.access.caller.Caller;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests callers may send. Environment: {@code NEURON_LEDGER_RATE_…}.
 *
 * @param perMinute requests of a caller in a minute, over a longer time
 * @param burst requests of a caller that may come at once after a pause
 * @param atOnce requests of a caller in progress at the same time, in one instance
 * @param failuresPerMinute failed credentials of a remote address; 0: an address is not limited in anything
 * @param callers other limits for single callers, by the subject of their credential
 */
@ConfigurationProperties("neuron-ledger.rate")
public record RateSettings(@DefaultValue("30") int perMinute, @DefaultValue("5") int burst,
    @DefaultValue("5") int atOnce, @DefaultValue("60") int failuresPerMinute,
    @DefaultValue Map<String, RateLimit> callers) {
  private static final String PREFIX = "NEURON_LEDGER_RATE_";

  /** @throws IllegalArgumentException naming the environment variable to change */
  public RateSettings {
    require(perMinute, 1, "PER_MINUTE");
    require(burst, 1, "BURST");
    require(atOnce, 1, "AT_ONCE");
    require(failuresPerMinute, 0, "FAILURES_PER_MINUTE");
    callers = Map.copyOf(callers);
  }

  private static void require(int value, int min, String variable) {
    if (value < min || value > RateLimit.MAX) {
      throw new IllegalArgumentException(
          PREFIX + variable + " must be from " + min + " to " + RateLimit.MAX + ", not " + value);
    }
  }

  RateLimit of(Caller caller) {
    return callers.getOrDefault(caller.subject(), usual());
  }

  /** The limit of callers that have no other one. */
  RateLimit usual() {
    return new RateLimit(perMinute, burst, atOnce);
  }

  boolean areAddressesLimited() {
    return failuresPerMinute > 0;
  }
}
