package io.neuronledger.indexer.follow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** When the contracts' state is read for comparison. Asked by any thread, answered by the one that follows. */
public final class ReconciliationRules {
  private final Duration interval;
  private final AtomicBoolean asked = new AtomicBoolean();

  /** @param interval from one run to the next, counted from the start while there was none; zero: only when asked */
  public ReconciliationRules(Duration interval) {
    this.interval = interval;
  }

  /** Somebody wants a run at the next block that is published, or at the last one where none comes. */
  void ask() {
    asked.set(true);
  }

  boolean isAsked() {
    return asked.get();
  }

  /** Whether somebody wants one; whoever takes that over sees to it, or asks again. */
  boolean taken() {
    return asked.getAndSet(false);
  }

  boolean isScheduled() {
    return !interval.isZero();
  }

  Duration interval() {
    return interval;
  }
}
