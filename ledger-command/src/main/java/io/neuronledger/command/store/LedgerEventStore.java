package io.neuronledger.command.store;

import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** Axon's event store, for units of work of thousands of events. */
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
   * Nothing: a unit of work loads an aggregate before it applies to it, and then keeps it. Axon would look through all
   * that the unit has staged, each time, in quadratic time.
   */
  @Override
  protected Stream<? extends DomainEventMessage<?>> stagedDomainEventMessages(String stream) {
    return Stream.empty();
  }
}
