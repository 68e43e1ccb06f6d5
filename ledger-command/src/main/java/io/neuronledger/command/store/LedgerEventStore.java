package io.neuronledger.command.store;

import java.util.Collection;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

/** Axon's event store, adapted to units of work of thousands of events. */
public final class LedgerEventStore extends EmbeddedEventStore {
  private static final int FETCH_DELAY_MS = 50;

  private final LedgerStorageEngine engine;

  private LedgerEventStore(Builder builder, LedgerStorageEngine engine) {
    super(builder);
    this.engine = engine;
  }

  public static LedgerEventStore on(LedgerStorageEngine engine) {
    Builder builder = builder().storageEngine(engine);
    return new LedgerEventStore(builder.fetchDelay(FETCH_DELAY_MS)
        .optimizeEventConsumption(false), engine);
  }

  /** Reads streams that the current unit of work will load, together instead of each by itself. */
  public void prefetch(Collection<String> streams) {
    engine.prefetch(streams);
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
