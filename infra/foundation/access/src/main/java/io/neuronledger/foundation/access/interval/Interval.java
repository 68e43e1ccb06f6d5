package io.neuronledger.foundation.access.interval;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Lets one of many do something once in a time: whoever comes first after it is over. Thread-safe. */
public final class Interval {
  private final Duration length;
  private final InstantSource clock;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

  public Interval(Duration length, InstantSource clock) {
    this.length = length;
    this.clock = clock;
  }

  /** Whether it is over, or has not begun; the next one begins now then. True for one caller only. */
  public boolean begin() {
    Instant now = clock.instant();
    Instant due = next.get();
    return !now.isBefore(due) && next.compareAndSet(due, now.plus(length));
  }
}
