package io.neuronledger.command.partition;

import io.neuronledger.command.account.BlockTimeReached;
import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.account.aggregate.LedgerHistory;
import io.neuronledger.command.account.aggregate.LedgerSnapshot;
import io.neuronledger.command.lock.BlockTimeDeadlines;
import io.neuronledger.command.lock.RefundLock;
import io.neuronledger.command.store.PartitionStream;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.modelling.command.Aggregate;

/**
 * The part of one partition in a unit of work: each touched aggregate is loaded once, and all events are stored in the
 * order in which they are applied or appended. Runs inside an open transaction; its changes to the state are valid only
 * if that commits.
 */
final class PartitionUnitOfWork {
  private final PartitionStores stores;
  private final PartitionState state;
  private final Map<WalletAddress, LoadedLedger> loaded = new HashMap<>();

  /** An aggregate, and its refunds as stored in the lock table. */
  private static final class LoadedLedger {
    private final Aggregate<LedgerAggregate> aggregate;
    private List<RefundLock> stored;
    private final long eventsBefore;

    private LoadedLedger(Aggregate<LedgerAggregate> aggregate) {
      this.aggregate = aggregate;
      this.stored = locks();
      this.eventsBefore = events();
    }

    /** The number of events in its stream. */
    private long events() {
      Long last = aggregate.version();
      return last == null ? 0 : last + 1;
    }

    private Ledger state() {
      return aggregate.invoke(LedgerAggregate::state);
    }

    private List<RefundLock> locks() {
      return state().activeRefunds().map(RefundLock::of).toList();
    }
  }

  PartitionUnitOfWork(PartitionStores stores, PartitionState state) {
    this.stores = stores;
    this.state = state;
  }

  void record(ChainEvent.OwnerFact fact, Cause cause, ServiceTerms terms) {
    LoadedLedger ledger = ledger(fact.owner());
    ledger.aggregate.execute(aggregate -> aggregate.record(fact, cause, terms));
    state.locks.include(ledger.state());
    named(fact).forEach(service -> name(service, cause.position().block(), Optional.empty()));
  }

  /** The services of the sub-accounts that it is about. */
  private static Stream<ServiceName> named(ChainEvent.OwnerFact fact) {
    return switch (fact) {
      case ChainEvent.SubAccountFact of -> Stream.of(of.service());
      case ChainEvent.Opening(_, ObservedLedger observed) ->
          observed.subAccounts().stream().map(ObservedLedger.SubAccount::service);
      case ChainEvent.StateObserved(_, ObservedLedger observed, _) ->
          observed.subAccounts().stream().map(ObservedLedger.SubAccount::service);
      case ChainEvent.Deposit _, ChainEvent.Withdraw _, ChainEvent.LedgerClosed _ -> Stream.empty();
    };
  }

  /**
   * Remembers that the block names the service; the first one counts.
   *
   * @param since the block's time; empty if the service may be older
   */
  void name(ServiceName service, long block, Optional<Instant> since) {
    if (state.services.add(service)) {
      stores.tables().services().add(state.row.partition(), service, block, since);
    }
  }

  /** Emits the lock changes of all refunds of the partition that are due at the block time. */
  void emitDueLocks(Cause cause) {
    Instant blockTime = cause.blockTime();
    SortedSet<ServiceName> services = state.locks.dueServices(blockTime, state.terms);
    if (services.isEmpty()) {
      return;
    }
    assignLocks();
    for (WalletAddress owner : state.locks.dueOwners(services, blockTime, state.terms)) {
      BlockTimeDeadlines.deliver(ledger(owner).aggregate, new BlockTimeReached(cause, state.terms));
    }
    assignLocks();
    state.locks.tighten();
  }

  /** Rewinds every owner with an event at or after the block to its state before the block. */
  void rewind(long fromBlock, Cause cause) {
    state.snapshots.retract(fromBlock);
    for (String stream : stores.tables().events().touchedFrom(state.row.partition(), fromBlock)) {
      LedgerHistory history = history(stream, fromBlock);
      ledger(LedgerAggregate.ownerOf(stream)).aggregate.execute(aggregate -> aggregate.rewind(history, cause));
    }
    assignLocks();
    state.locks.tighten();
  }

  private LedgerHistory history(String stream, long fromBlock) {
    DomainEventStream events = stores.eventStore().readEvents(stream);
    Ledger start = Ledger.CLOSED;
    if (events.hasNext() && events.peek().getPayload() instanceof LedgerSnapshot snapshot) {
      start = Ledger.of(snapshot.owner(), snapshot.state());
      events.next();
    }
    LedgerHistory history = new LedgerHistory(start, fromBlock);
    while (events.hasNext()) {
      DomainEventMessage<?> next = events.next();
      history.add((LedgerEvent) next.getPayload());
    }
    return history;
  }

  /** Appends an event of the partition itself, in sequence with the owners' events. */
  void append(PartitionEvent event) {
    stores.eventStore().publish(PartitionStream.message(state.row.partition(), state.row.nextSequence(), event));
    state.row = state.row.withEvents(1);
  }

  /** Drops the owner's refund locks: none of them comes due during quarantine. */
  void clearLocks(WalletAddress owner) {
    state.locks.assign(Map.of(owner, List.of()));
  }

  /** Stores the owner's refund locks again, from its current state. */
  void restoreLocks(WalletAddress owner) {
    LoadedLedger ledger = ledger(owner);
    ledger.stored = List.of();
    state.locks.include(ledger.state());
  }

  /** Stores the pending changes of the owners. */
  void finish() {
    assignLocks();
    storeSnapshots();
  }

  private void storeSnapshots() {
    loaded.forEach((owner, ledger) -> state.snapshots.add(owner, ledger.eventsBefore, ledger.events(),
        state.row.last().block(), ledger.state()));
    for (SnapshotPlan.Candidate each : state.snapshots.removeFinal(state.row.finalizedBlock())) {
      stores.eventStore().storeSnapshot(LedgerAggregate.snapshot(each.snapshot(), each.sequence()));
    }
  }

  private void assignLocks() {
    Map<WalletAddress, List<RefundLock>> changed = new HashMap<>();
    loaded.forEach((owner, ledger) -> {
      List<RefundLock> locks = state.quarantined.contains(owner) ? List.of() : ledger.locks();
      if (!locks.equals(ledger.stored)) {
        changed.put(owner, locks);
        ledger.stored = locks;
      }
    });
    state.locks.assign(changed);
  }

  private LoadedLedger ledger(WalletAddress owner) {
    return loaded.computeIfAbsent(owner, this::load);
  }

  private LoadedLedger load(WalletAddress owner) {
    return new LoadedLedger(stores.ledgerOf(owner));
  }
}
