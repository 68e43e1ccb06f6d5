package io.neuronledger.command.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventData;

/** The streams that a unit of work has read before it loads them. */
final class PrefetchedStreams {
  private final int eventsMax;
  private final Set<String> streams;
  private final Map<String, DomainEventData<?>> snapshots = new HashMap<>();
  private final Map<String, List<DomainEventData<?>>> events = new HashMap<>();

  /** @param eventsMax a stream of which more are added is not taken from here */
  PrefetchedStreams(Collection<String> streams, int eventsMax) {
    this.streams = new HashSet<>(streams);
    this.eventsMax = eventsMax;
    streams.forEach(stream -> events.put(stream, new ArrayList<>(1)));
  }

  void addSnapshot(DomainEventData<?> snapshot) {
    snapshots.put(snapshot.getAggregateIdentifier(), snapshot);
  }

  /** The next event of a stream after its snapshot. */
  void addEvent(DomainEventData<?> event) {
    events.computeIfPresent(event.getAggregateIdentifier(), (_, before) -> {
      before.add(event);
      return before.size() > eventsMax ? null : before;
    });
  }

  /** Whether the stream's snapshot is known, or that there is none. */
  boolean contain(String stream) {
    return streams.contains(stream);
  }

  Optional<DomainEventData<?>> snapshot(String stream) {
    return Optional.ofNullable(snapshots.get(stream));
  }

  /** The events after the stream's snapshot; once, because the unit of work may append to it afterwards. */
  Optional<List<DomainEventData<?>>> take(String stream, long firstSequence) {
    long first = snapshot(stream).map(snapshot -> snapshot.getSequenceNumber() + 1).orElse(0L);
    return first == firstSequence ? Optional.ofNullable(events.remove(stream)) : Optional.empty();
  }
}
