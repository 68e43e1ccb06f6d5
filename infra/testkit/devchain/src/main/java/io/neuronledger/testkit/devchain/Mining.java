package io.neuronledger.testkit.devchain;

import java.time.Duration;

/** The time at which the node mines blocks. */
public sealed interface Mining {
  /** One block for each transaction, at once. */
  static Mining automatic() {
    return new Automatic();
  }

  /** Only on {@code AnvilControl.mine}, with all pending transactions. */
  static Mining onRequest() {
    return new OnRequest();
  }

  /** A block per period, with or without transactions. */
  static Mining every(Duration period) {
    return new Every(period);
  }

  record Automatic() implements Mining {}

  record OnRequest() implements Mining {}

  record Every(Duration period) implements Mining {}
}
