package io.neuronledger.command.usage;

import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** The repository of meters. Loading one reads only its last event, which carries the whole state. */
public final class UsageMeters extends CachingEventSourcingRepository<UsageMeterAggregate> {
  private final EventStore eventStore;

  private UsageMeters(EventSourcingRepository.Builder<UsageMeterAggregate> builder, EventStore eventStore) {
    super(builder);
    this.eventStore = eventStore;
  }

  /** @param cache of meters only; a stale entry costs a retry, never a wrong total */
  public static UsageMeters on(EventStore eventStore, Cache cache) {
    return new UsageMeters(builder(UsageMeterAggregate.class).eventStore(eventStore).cache(cache), eventStore);
  }

  @Override
  protected DomainEventStream readEvents(String stream) {
    return eventStore.lastSequenceNumberFor(stream)
        .map(last -> eventStore.readEvents(stream, last))
        .orElseGet(DomainEventStream::empty);
  }
}
