package io.neuronledger.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is subscribed to over HTTP, and from where.
 *
 * @param owner of whom alone, an address; empty for all owners
 * @param after {@code now}, {@code beginning}, or the id of the last record that is known
 * @param untilNow whether it ends with the last record that there is
 * @param idleMax after so long without a byte, a heartbeat for example, a connection counts as broken; more than zero
 * @param interruptions takes each failure, before it connects again
 */
public record Subscription(Optional<String> owner, String after, boolean untilNow, Duration idleMax,
    Consumer<Interruption> interruptions) {
  /** Four of the service's heartbeats, which come every 15 seconds where its operator has set nothing else. */
  private static final Duration FOUR_HEARTBEATS = Duration.ofMinutes(1);

  public Subscription {
    if (!idleMax.isPositive()) {
      throw new IllegalArgumentException("a connection is idle for more than zero, not " + idleMax);
    }
  }

  /**
   * A failure of a connection.
   *
   * @param after the id after which it goes on
   * @param cause a {@link ProblemException} of a service that cannot answer now, or what has broken the connection
   */
  public record Interruption(String after, Exception cause) {}

  /** Of all owners. */
  public static Subscription ofAll(String after) {
    return new Subscription(Optional.empty(), after, false, FOUR_HEARTBEATS, _ -> {});
  }

  /** Of one owner. */
  public static Subscription of(String owner, String after) {
    return new Subscription(Optional.of(owner), after, false, FOUR_HEARTBEATS, _ -> {});
  }

  /** The same, which ends with the last record that there is. */
  public Subscription untilLast() {
    return new Subscription(owner, after, true, idleMax, interruptions);
  }

  /** The same with another patience. */
  public Subscription withIdleMax(Duration other) {
    return new Subscription(owner, after, untilNow, other, interruptions);
  }

  /** The same, which hands each failure over before it goes on. */
  public Subscription onInterruption(Consumer<Interruption> receiver) {
    return new Subscription(owner, after, untilNow, idleMax, receiver);
  }

  /** @param feed {@code /events} or {@code /alerts/events} */
  String path(String feed) {
    return "/v1" + owner.map(each -> "/ledgers/" + URLEncoder.encode(each, StandardCharsets.UTF_8)).orElse("") + feed
        + (untilNow ? "?until=now" : "");
  }
}
