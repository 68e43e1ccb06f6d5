package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.PARTITION;

import io.neuronledger.query.blocks.SealedBlocks;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes requests that wait for a block or a write. One thread looks up the block that each partition's answers are as
 * of, and how far it is read, but only while requests wait: at once when this instance has committed records of either
 * topic, and regularly for those of other instances.
 */
public final class SealWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SealWatch.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final DSLContext db;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition lookedUp = lock.newCondition();
  private final Condition due = lock.newCondition();
  private final Thread poller;
  private Map<Integer, Long> sealedBlocks = Map.of();
  private Map<Integer, Long> nextSeqs = Map.of();
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
    return await(() -> sealedBlocks.getOrDefault(partition, -1L) >= block, since, atMost);
  }

  /**
   * Waits for a lookup after {@code since} by which each partition is read up to its seq.
   *
   * @param next the seq after the last record that is waited for, by partition
   * @return false if it timed out, or the watch was closed
   */
  boolean awaitRead(Map<Integer, Long> next, long since, Duration atMost) throws InterruptedException {
    return await(() -> next.entrySet().stream()
        .allMatch(each -> nextSeqs.getOrDefault(each.getKey(), 0L) >= each.getValue()), since, atMost);
  }

  /** @param reached asked while the lock is held */
  private boolean await(BooleanSupplier reached, long since, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    waiters++;
    try {
      isDue = true;
      due.signal();
      while (!closed && (version == since || !reached.getAsBoolean())) {
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
        db.transaction(transaction -> publish(SealedBlocks.all(transaction.dsl()),
            transaction.dsl().select(PARTITION.PARTITION_, PARTITION.NEXT_SEQ).from(PARTITION)
                .fetchMap(PARTITION.PARTITION_, PARTITION.NEXT_SEQ)));
      } catch (DataAccessException e) {
        log.warn("cannot look up the sealed blocks: {}", e.getMessage());
      }
    }
  }

  private void publish(Map<Integer, Long> sealed, Map<Integer, Long> next) {
    lock.lock();
    try {
      sealedBlocks = sealed;
      nextSeqs = next;
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
