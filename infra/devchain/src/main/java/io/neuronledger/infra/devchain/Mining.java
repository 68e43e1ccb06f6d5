package io.neuronledger.infra.devchain;

import java.time.Duration;

/** When the node makes blocks. */
public sealed interface Mining {
  /** One block for each transaction, at once. */
  static Mining automatic() {
    return new Automatic();
  }

  /** Only when told to, by {@code AnvilControl.mine}: as many transactions per block as were sent. */
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
