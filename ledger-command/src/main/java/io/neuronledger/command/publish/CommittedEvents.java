package io.neuronledger.command.publish;

import io.neuronledger.command.store.EventTable.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The events that this process has committed and not yet published, for its publishers: bounded in bytes, so they may
 * have gaps. Wakes the publishers after each commit. Events of other processes are found by polling the store.
 */
public final class CommittedEvents implements Consumer<List<StoredEvent>> {
  private final long bytesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appended = lock.newCondition();
  /** By seq, of each followed partition. */
  private final Map<Integer, SortedMap<Long, StoredEvent>> partitions = new HashMap<>();
  private long bytes;
  private long appends;

  /** @param bytesMax of the payloads held in memory; events beyond are left to the store */
  public CommittedEvents(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Receives the events of one append after its commit; two commits may arrive in either order. */
  @Override
  public void accept(List<StoredEvent> events) {
    lock.lock();
    try {
      events.forEach(this::add);
      appends++;
      appended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(StoredEvent event) {
    SortedMap<Long, StoredEvent> held = partitions.get(event.partition());
    if (held != null && bytes + sizeOf(event) <= bytesMax) {
      held.put(event.seq(), event);
      bytes += sizeOf(event);
    }
  }

  /** Wakes the publishers. */
  void wake() {
    accept(List.of());
  }

  /** Keeps the partitions' events from now on. */
  void follow(List<Integer> followed) {
    lock.lock();
    try {
      unfollow(followed);
      followed.forEach(partition -> partitions.put(partition, new TreeMap<>()));
    } finally {
      lock.unlock();
    }
  }

  void unfollow(List<Integer> followed) {
    lock.lock();
    try {
      for (int partition : followed) {
        removeBelow(partition, Long.MAX_VALUE);
        partitions.remove(partition);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Removes and returns the partition's events from exactly this seq on, without a gap; empty where it is missing. */
  List<StoredEvent> take(int partition, long seq, int countMax) {
    lock.lock();
    try {
      removeBelow(partition, seq);
      List<StoredEvent> taken = new ArrayList<>();
      for (StoredEvent each : held(partition).values()) {
        if (taken.size() == countMax || each.seq() != seq + taken.size()) {
          break;
        }
        taken.add(each);
      }
      removeBelow(partition, seq + taken.size());
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void removeBelow(int partition, long seq) {
    Collection<StoredEvent> below = held(partition).headMap(seq).values();
    below.forEach(each -> bytes -= sizeOf(each));
    below.clear();
  }

  /** Empty for a partition that is not followed. */
  private SortedMap<Long, StoredEvent> held(int partition) {
    return partitions.getOrDefault(partition, new TreeMap<>());
  }

  private static int sizeOf(StoredEvent event) {
    return event.payload().bytes().length;
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
