package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.PARTITION;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes requests that wait for a block. This instance's intake reports its seals at once; one thread polls the database
 * for the seals of other instances, but only while requests wait.
 */
public final class SealWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SealWatch.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final DSLContext db;
  private final Map<Integer, Long> sealedBlocks = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition waiterAdded = lock.newCondition();
  private final Thread poller;
  private long version;
  private int waiters;
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

  /** Reports the sealed blocks by partition; a retraction may have moved one back. */
  public void sealed(Map<Integer, Long> newest) {
    lock.lock();
    try {
      sealedBlocks.putAll(newest);
      version++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The number of reports so far. Callers read it before they look for a block, so that they miss no report. */
  long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a report after {@code since} with which the partition has sealed {@code block}.
   *
   * @return false if it timed out, or the watch was closed
   */
  boolean await(int partition, long block, long since, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    waiters++;
    try {
      waiterAdded.signal();
      while (!closed && (version == since || sealedBlocks.getOrDefault(partition, -1L) < block)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return !closed;
    } finally {
      waiters--;
      lock.unlock();
    }
  }

  private void poll() {
    while (awaitWaiter()) {
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
      try {
        sealed(db.transactionResult(transaction -> transaction.dsl()
            .select(PARTITION.PARTITION_, PARTITION.SEALED_BLOCK).from(PARTITION)
            .where(PARTITION.SEALED_BLOCK.isNotNull()).fetchMap(PARTITION.PARTITION_, PARTITION.SEALED_BLOCK)));
      } catch (DataAccessException e) {
        log.warn("cannot poll the sealed blocks: {}", e.getMessage());
      }
    }
  }

  /** Blocks until a request waits; returns false when closed. */
  private boolean awaitWaiter() {
    lock.lock();
    try {
      while (!closed && waiters == 0) {
        waiterAdded.await();
      }
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
      changed.signalAll();
      waiterAdded.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
