package io.neuronledger.indexer.follow;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Ends a wait early. A signal without a wait ends the next wait; several count as one. */
public final class WakeUp {
  private final Semaphore signals = new Semaphore(0);

  public void signal() {
    if (signals.availablePermits() == 0) {
      signals.release();
    }
  }

  /** @return whether a signal came within {@code wait} */
  public boolean await(Duration wait) throws InterruptedException {
    boolean signalled = signals.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
    signals.drainPermits();
    return signalled;
  }
}
