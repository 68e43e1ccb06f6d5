package io.neuronledger.command.store;

import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** Axon's event store, adapted to units of work of thousands of events. */
public final class LedgerEventStore extends EmbeddedEventStore {
  private static final int FETCH_DELAY_MS = 50;

  private LedgerEventStore(Builder builder) {
    super(builder);
  }

  public static LedgerEventStore on(EventStorageEngine engine) {
    Builder builder = builder().storageEngine(engine);
    return new LedgerEventStore(builder.fetchDelay(FETCH_DELAY_MS)
        .optimizeEventConsumption(false));
  }

  /**
   * Always empty: a unit of work loads an aggregate once, before it applies events to it. Axon would search all staged
   * events at each load, which takes quadratic time.
   */
  @Override
  protected Stream<? extends DomainEventMessage<?>> stagedDomainEventMessages(String stream) {
    return Stream.empty();
  }
}
