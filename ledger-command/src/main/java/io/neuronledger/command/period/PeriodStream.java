package io.neuronledger.command.period;

import io.neuronledger.command.store.PartitionStream;
import io.neuronledger.contracts.event.AccountEvent.PeriodEvent;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** The stored decisions about periods. There are some dozens in a year, so that all of them are read each time. */
public final class PeriodStream {
  private final EventStore eventStore;

  public PeriodStream(EventStore eventStore) {
    this.eventStore = eventStore;
  }

  /** What the stored decisions have come to. */
  PeriodHistory read() {
    PeriodHistory history = new PeriodHistory();
    DomainEventStream events = eventStore.readEvents(PartitionStream.PERIODS);
    while (events.hasNext()) {
      history.apply((PeriodEvent) events.next().getPayload());
    }
    return history;
  }

  /** Appends a decision after those that were read; the open unit of work commits it. */
  void append(PeriodHistory after, PeriodEvent decision) {
    eventStore.publish(PartitionStream.message(after.number(), decision));
  }
}
