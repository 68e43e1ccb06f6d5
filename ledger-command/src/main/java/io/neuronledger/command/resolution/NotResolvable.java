package io.neuronledger.command.resolution;

import io.neuronledger.contracts.value.Excerpt;

/** The key names no discrepancy, or the decision does not fit its discrepancy. */
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

  static NotResolvable unfit(String reason) {
    return new NotResolvable(reason, true);
  }

  /** Whether the key names a discrepancy. */
  boolean isFound() {
    return found;
  }
}
