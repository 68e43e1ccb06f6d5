package io.neuronledger.command.publish;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the publishers of this process as soon as something was stored; of other processes they learn by looking. */
public final class AppendSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appended = lock.newCondition();
  private long appends;

  public void appended() {
    lock.lock();
    try {
      appends++;
      appended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** To be taken before looking for events, so that no append in between is missed. */
  long now() {
    lock.lock();
    try {
      return appends;
    } finally {
      lock.unlock();
    }
  }

  /** Returns at once if anything was stored since {@code seen}. */
  void await(long seen, Duration timeout) throws InterruptedException {
    long nanosLeft = timeout.toNanos();
    lock.lock();
    try {
      while (appends == seen && nanosLeft > 0) {
        nanosLeft = appended.awaitNanos(nanosLeft);
      }
    } finally {
      lock.unlock();
    }
  }
}
