package io.neuronledger.indexer.rpc;

import java.time.Duration;

/** Waits; a test's own lets no time pass. */
@FunctionalInterface
public interface Sleeper {
  void sleep(Duration time) throws InterruptedException;
}
