package io.neuronledger.indexer.follow.reconcile;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** When to reconcile. Any thread requests a run; the follower's thread takes the request. */
public final class ReconciliationRules {
  private final Duration interval;
  private final AtomicBoolean requested = new AtomicBoolean();

  /** @param interval between runs, counted from the start before the first one; zero for runs on request only */
  public ReconciliationRules(Duration interval) {
    this.interval = interval;
  }

  /** Requests a run at the next published block, or at the last one where none comes. */
  public void request() {
    requested.set(true);
  }

  boolean isRequested() {
    return requested.get();
  }

  /** Takes a pending request; the caller must carry it out or request it again. */
  boolean takeRequest() {
    return requested.getAndSet(false);
  }

  boolean isScheduled() {
    return !interval.isZero();
  }

  Duration interval() {
    return interval;
  }
}
