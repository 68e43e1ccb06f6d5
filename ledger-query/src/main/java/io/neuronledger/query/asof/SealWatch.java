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
 * Wakes those who wait for a block. This instance's own intake reports its seals at once; what other instances seal is
 * looked up in the database, by one thread for all who wait, and only while somebody does.
 */
public final class SealWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SealWatch.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final DSLContext db;
  private final Map<Integer, Long> sealedBlocks = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition wanted = lock.newCondition();
  private final Thread lookout;
  private long news;
  private int waiting;
  private boolean closed;

  public SealWatch(DSLContext db) {
    this.db = db;
    this.lookout = Thread.ofPlatform().name("seal-watch").daemon().unstarted(this::look);
  }

  /** Begins to look. */
  public SealWatch start() {
    lookout.start();
    return this;
  }

  /** Partitions' answers now stand at these blocks, also where a retraction moved them back. */
  public void sealed(Map<Integer, Long> newest) {
    lock.lock();
    try {
      sealedBlocks.putAll(newest);
      news++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The number of reports so far: to be asked before one looks for a block, so that no report slips in between. */
  long news() {
    lock.lock();
    try {
      return news;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a report behind {@code since} by which the partition has sealed {@code block}.
   *
   * @return false if the time was not enough
   */
  boolean await(int partition, long block, long since, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    waiting++;
    try {
      wanted.signal();
      while (!closed && (news == since || sealedBlocks.getOrDefault(partition, -1L) < block)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return !closed;
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  private void look() {
    while (awaitSomebody()) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      try {
        sealed(db.transactionResult(transaction -> transaction.dsl()
            .select(PARTITION.PARTITION_, PARTITION.SEALED_BLOCK).from(PARTITION)
            .where(PARTITION.SEALED_BLOCK.isNotNull()).fetchMap(PARTITION.PARTITION_, PARTITION.SEALED_BLOCK)));
      } catch (DataAccessException e) {
        log.warn("cannot look for sealed blocks: {}", e.getMessage());
      }
    }
  }

  /** Returns once somebody waits; false when closed. */
  private boolean awaitSomebody() {
    lock.lock();
    try {
      while (!closed && waiting == 0) {
        wanted.await();
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
      wanted.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
