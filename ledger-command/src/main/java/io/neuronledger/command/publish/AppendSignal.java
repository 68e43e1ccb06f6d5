package io.neuronledger.command.publish;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes this process's publishers after each committed append; appends of other processes are found by polling. */
public final class AppendSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appended = lock.newCondition();
  private long appends;

  public void signalAppend() {
    lock.lock();
    try {
      appends++;
      appended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The number of appends. Read it before looking for events, so that no append in between is missed. */
  long count() {
    lock.lock();
    try {
      return appends;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an append; returns at once if there was one since the count {@code seen}. */
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
