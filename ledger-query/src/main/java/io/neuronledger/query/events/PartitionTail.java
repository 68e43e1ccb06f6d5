package io.neuronledger.query.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The newest events of a partition, by their numbers. One thread adds and evicts, any number of threads read. */
final class PartitionTail {
  private final ConcurrentNavigableMap<Long, PublicEvent> events = new ConcurrentSkipListMap<>();
  /** The number of the next event. Written after the event before it was added. */
  private volatile long next;

  /** The number that the next event has. */
  long next() {
    return next;
  }

  /** False for one that is known. */
  boolean add(PublicEvent event) {
    if (event.seq() < next) {
      return false;
    }
    events.put(event.seq(), event);
    next = event.seq() + 1;
    return true;
  }

  /** Removes the oldest event; returns how many bytes it has. */
  int evict() {
    Map.Entry<Long, PublicEvent> oldest = events.pollFirstEntry();
    return oldest == null ? 0 : oldest.getValue().value().length();
  }

  void clear() {
    events.clear();
    next = 0;
  }

  /**
   * The events from a position on.
   *
   * @param owner whose events are wanted; empty: everybody's
   * @return empty if they are not here any more; a chunk without progress if they are not here yet
   */
  Optional<Chunk> from(long position, Optional<String> owner) {
    long end = next;
    if (position >= end) {
      return Optional.of(Chunk.none(position));
    }
    List<PublicEvent> wanted = new ArrayList<>();
    long expected = position;
    long offset = -1;
    int bytes = 0;
    for (PublicEvent event : events.subMap(position, end).values()) {
      if (event.seq() != expected) {
        // The first one is missing: it was evicted, now or while this was reading.
        break;
      }
      if (owner.isEmpty() || owner.get().equals(event.owner())) {
        bytes += event.value().length();
        if (bytes > Chunk.BYTES_MAX && !wanted.isEmpty()) {
          break;
        }
        wanted.add(event);
      }
      expected++;
      offset = event.offset() + 1;
    }
    return expected == position ? Optional.empty() : Optional.of(new Chunk(wanted, expected, offset));
  }
}
