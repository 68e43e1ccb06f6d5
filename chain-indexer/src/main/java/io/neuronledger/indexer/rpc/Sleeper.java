package io.neuronledger.indexer.rpc;

import java.time.Duration;

/** Waits; tests replace it to save time. */
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration time) throws InterruptedException;
}
