package io.neuronledger.command.resolution;

import io.neuronledger.contracts.value.Excerpt;

/** There is nothing that this decision could be about, or it does not fit what it is about. */
final class NotResolvable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean found;

  private NotResolvable(String message, boolean found) {
    super(message, null, false, false);
    this.found = found;
  }

  static NotResolvable notFound(String key) {
    return new NotResolvable("no discrepancy has the key " + Excerpt.of(key), false);
  }

  static NotResolvable decision(String why) {
    return new NotResolvable(why, true);
  }

  /** Whether the key names something. */
  boolean isFound() {
    return found;
  }
}
