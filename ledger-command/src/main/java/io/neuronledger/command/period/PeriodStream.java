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

  /**
   * @param history what the stored decisions have come to
   * @param next the sequence number of the next decision
   */
  record Read(PeriodHistory history, long next) {}

  Read read() {
    PeriodHistory history = new PeriodHistory();
    long next = 0;
    DomainEventStream events = eventStore.readEvents(PartitionStream.PERIODS);
    while (events.hasNext()) {
      history.apply((PeriodEvent) events.next().getPayload());
      next++;
    }
    return new Read(history, next);
  }

  /** Appends a decision after those that were read; the open unit of work commits it. */
  void append(Read after, PeriodEvent decision) {
    eventStore.publish(PartitionStream.message(after.next(), decision));
  }
}
