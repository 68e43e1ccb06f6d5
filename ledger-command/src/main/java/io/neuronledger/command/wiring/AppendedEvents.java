package io.neuronledger.command.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives every append; after its commit counts the events and logs discrepancies. */
final class AppendedEvents implements Consumer<List<? extends EventMessage<?>>> {
  private static final Logger log = LoggerFactory.getLogger(AppendedEvents.class);

  private final MeterRegistry meters;

  AppendedEvents(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void accept(List<? extends EventMessage<?>> events) {
    CurrentUnitOfWork.get().afterCommit(_ -> afterCommit(events));
  }

  private void afterCommit(List<? extends EventMessage<?>> events) {
    meters.counter("ledger.command.events.appended").increment(events.size());
    for (EventMessage<?> event : events) {
      switch (event.getPayload()) {
        case LedgerEvent.DiscrepancyFound found -> report(found);
        case PartitionEvent.BranchRetracted _ -> meters.counter("ledger.command.retractions").increment();
        case PartitionEvent.OwnerQuarantined quarantined ->
            log.error("QUARANTINED {}: {}", quarantined.owner(), quarantined.reason());
        default -> { }
      }
    }
  }

  private void report(LedgerEvent.DiscrepancyFound found) {
    meters.counter("ledger.command.discrepancies", "rule", found.rule().name().toLowerCase(Locale.ROOT)).increment();
    log.warn("DISCREPANCY {} of {}: expected {}, found on chain {} ({})", found.rule(), found.owner(),
        found.expected(), found.actual(), found.key());
  }
}
