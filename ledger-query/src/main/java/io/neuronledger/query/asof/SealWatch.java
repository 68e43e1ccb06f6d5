package io.neuronledger.query.asof;

import io.neuronledger.query.blocks.SealedBlocks;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes requests that wait for a block. One thread looks up the block that each partition's answers are as of, but only
 * while requests wait: at once when this instance has committed records of either topic, and regularly for those of
 * other instances.
 */
public final class SealWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SealWatch.class);
  /** Every lookup will do. */
  static final long ANY_BLOCK = -1;
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final DSLContext db;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition lookedUp = lock.newCondition();
  private final Condition due = lock.newCondition();
  private final Thread poller;
  private Map<Integer, Long> sealedBlocks = Map.of();
  private long version;
  private int waiters;
  private boolean isDue;
  private boolean closed;

  public SealWatch(DSLContext db) {
    this.db = db;
    this.poller = Thread.ofPlatform().name("seal-watch").daemon().unstarted(this::poll);
  }

  /** Starts the polling thread. */
  public SealWatch start() {
    poller.start();
    return this;
  }

  /** Reports that this instance has committed records: answers may be as of a later block, or of an earlier one. */
  public void changed() {
    lock.lock();
    try {
      isDue = true;
      due.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The number of lookups so far. Callers read it before they look for a block, so that they miss none. */
  long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /** The block that the partition's answers are as of, by the last lookup; −1 before there is one. */
  long sealed(int partition) {
    lock.lock();
    try {
      return sealedBlocks.getOrDefault(partition, -1L);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a lookup after {@code since} by which the partition's answers are as of {@code block} or later.
   *
   * @return false if it timed out, or the watch was closed
   */
  boolean await(int partition, long block, long since, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    waiters++;
    try {
      isDue = true;
      due.signal();
      while (!closed && (version == since || sealedBlocks.getOrDefault(partition, -1L) < block)) {
        if (left <= 0) {
          return false;
        }
        left = lookedUp.awaitNanos(left);
      }
      return !closed;
    } finally {
      waiters--;
      lock.unlock();
    }
  }

  private void poll() {
    while (awaitDue()) {
      try {
        publish(db.transactionResult(transaction -> SealedBlocks.all(transaction.dsl())));
      } catch (DataAccessException e) {
        log.warn("cannot look up the sealed blocks: {}", e.getMessage());
      }
    }
  }

  private void publish(Map<Integer, Long> found) {
    lock.lock();
    try {
      sealedBlocks = found;
      version++;
      lookedUp.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Blocks until a request waits and a lookup is due; returns false when closed. */
  private boolean awaitDue() {
    lock.lock();
    try {
      long left = POLL_INTERVAL.toNanos();
      while (!closed && (waiters == 0 || (!isDue && left > 0))) {
        if (waiters == 0) {
          due.await();
        } else {
          left = due.awaitNanos(left);
        }
      }
      isDue = false;
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      lookedUp.signalAll();
      due.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
