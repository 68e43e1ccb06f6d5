package io.neuronledger.query.webhook.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** When a message is sent again, and when a webhook is, none of whose attempts is successful. */
final class RetrySchedule {
  /** A webhook whose attempts fail is tried at least as often as this, so that it goes on soon after it is repaired. */
  static final Duration PAUSE_MAX = Duration.ofHours(1);
  /** How much each wait varies, so that what has failed together does not come back together. */
  private static final double JITTER = 0.1;

  private final List<Duration> waits;
  private final DoubleSupplier random;

  /** @param random from 0 to 1 */
  RetrySchedule(List<Duration> waits, DoubleSupplier random) {
    this.waits = List.copyOf(waits);
    this.random = random;
  }

  /**
   * How long a message waits.
   *
   * @param attempts how many have failed, from 1
   * @return empty after the last one
   */
  Optional<Duration> afterAttempts(int attempts) {
    return attempts > waits.size() ? Optional.empty() : Optional.of(varied(waits.get(attempts - 1)));
  }

  /**
   * How long a webhook waits, whatever its messages are. After the first failure it does not: another owner's message
   * shows whether it is the message or the target.
   *
   * @param failures how many attempts in a row have failed, from 1
   */
  Duration afterFailures(int failures) {
    if (failures <= 1) {
      return Duration.ZERO;
    }
    Duration wait = varied(waits.get(Math.min(failures - 2, waits.size() - 1)));
    return wait.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : wait;
  }

  private Duration varied(Duration wait) {
    return Duration.ofMillis(Math.round(wait.toMillis() * (1 - JITTER + 2 * JITTER * random.getAsDouble())));
  }
}
