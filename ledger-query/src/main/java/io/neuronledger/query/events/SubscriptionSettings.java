package io.neuronledger.query.events;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of subscriptions. Environment: {@code NEURON_LEDGER_SUBSCRIPTIONS_…}.
 *
 * @param max the most open ones of this instance, 1 to {@value #COUNT_MAX}, and {@value #CONNECTIONS_LEFT} fewer than
 *     the web server takes connections; wallets together have half of them
 * @param ofCallerMax the most open ones of one caller in this instance, 1 to {@value #COUNT_MAX}
 * @param heartbeat the time after which a connection without events receives a comment, 1 second to 5 minutes
 * @param retry how long a client waits before it connects again, 1 millisecond to 5 minutes
 */
public record SubscriptionSettings(@DefaultValue("1000") int max, @DefaultValue("10") int ofCallerMax,
    @DefaultValue("15s") Duration heartbeat, @DefaultValue("2s") Duration retry) {
  private static final int COUNT_MAX = 100_000;
  /** The fewest connections that are left to other requests. */
  private static final int CONNECTIONS_LEFT = 1_000;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** @throws IllegalArgumentException naming the environment variable to change */
  public SubscriptionSettings {
    require(max >= 1 && max <= COUNT_MAX, "MAX", "from 1 to " + COUNT_MAX, max);
    require(ofCallerMax >= 1 && ofCallerMax <= COUNT_MAX, "OF_CALLER_MAX", "from 1 to " + COUNT_MAX, ofCallerMax);
    require(heartbeat.compareTo(Duration.ofSeconds(1)) >= 0 && heartbeat.compareTo(LONGEST) <= 0, "HEARTBEAT",
        "from 1 second to 5 minutes", heartbeat);
    require(retry.compareTo(Duration.ofMillis(1)) >= 0 && retry.compareTo(LONGEST) <= 0, "RETRY",
        "from 1 millisecond to 5 minutes", retry);
  }

  /**
   * Checks that subscriptions leave {@value #CONNECTIONS_LEFT} connections to other requests.
   *
   * @param connectionsMax the most connections of the web server; negative for any number
   * @throws IllegalArgumentException naming the environment variables to change
   */
  public void requireWithin(int connectionsMax) {
    if (connectionsMax >= 0 && max > connectionsMax - CONNECTIONS_LEFT) {
      throw new IllegalArgumentException("NEURON_LEDGER_SUBSCRIPTIONS_MAX is " + max + ", and the web server takes "
          + connectionsMax + " connections: set SERVER_TOMCAT_MAX_CONNECTIONS to " + (max + CONNECTIONS_LEFT)
          + " or more, so that " + CONNECTIONS_LEFT + " are left to other requests");
    }
  }

  private static void require(boolean holds, String variable, String range, Object given) {
    if (!holds) {
      throw new IllegalArgumentException(
          "NEURON_LEDGER_SUBSCRIPTIONS_" + variable + " must be " + range + ", not " + given);
    }
  }
}
