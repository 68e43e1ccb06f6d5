package io.neuronledger.command.partition;

import io.neuronledger.command.account.BlockTimeReached;
import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.LedgerAggregate;
import io.neuronledger.command.account.LedgerHistory;
import io.neuronledger.command.account.LedgerSnapshot;
import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.command.lock.BlockTimeDeadlines;
import io.neuronledger.command.lock.RefundLock;
import io.neuronledger.command.store.PartitionStream;
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
import java.util.SortedSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.modelling.command.Aggregate;

/**
 * One unit of work on one partition: each touched aggregate is loaded once, and what is applied and said is stored in
 * that order. Works inside an open transaction; what it does to the memory is true only if that commits.
 */
final class PartitionUnitOfWork {
  private final PartitionStores stores;
  private final PartitionState memory;
  private final Map<WalletAddress, Loaded> loaded = new HashMap<>();

  /** An aggregate, and its refunds as the list of locks has them. */
  private static final class Loaded {
    private final Aggregate<LedgerAggregate> aggregate;
    private List<RefundLock> stored;
    private final long eventsBefore;

    private Loaded(Aggregate<LedgerAggregate> aggregate) {
      this.aggregate = aggregate;
      this.stored = locks();
      this.eventsBefore = events();
    }

    /** How many events its stream has. */
    private long events() {
      Long last = aggregate.version();
      return last == null ? 0 : last + 1;
    }

    private Ledger now() {
      return aggregate.invoke(LedgerAggregate::state);
    }

    private List<RefundLock> locks() {
      return now().activeRefunds().map(RefundLock::of).toList();
    }
  }

  PartitionUnitOfWork(PartitionStores stores, PartitionState memory) {
    this.stores = stores;
    this.memory = memory;
  }

  void record(ChainEvent.OwnerFact fact, Cause cause, ServiceTerms terms) {
    Loaded ledger = ledger(fact.owner());
    ledger.aggregate.execute(aggregate -> aggregate.record(fact, cause, terms));
    memory.locks.note(ledger.now());
  }

  /** Says of every refund of the partition what the block time has made of its lock. */
  void announceDue(Cause cause) {
    Instant blockTime = cause.blockTime();
    SortedSet<ServiceName> services = memory.locks.dueServices(blockTime, memory.terms);
    if (services.isEmpty()) {
      return;
    }
    assignLocks();
    for (WalletAddress owner : memory.locks.dueOwners(services, blockTime, memory.terms)) {
      BlockTimeDeadlines.reached(ledger(owner).aggregate, new BlockTimeReached(cause, memory.terms));
    }
    assignLocks();
    memory.locks.tighten();
  }

  /** Brings every owner with something recorded at or behind the block back to before it. */
  void rewind(long fromBlock, Cause cause) {
    memory.snapshots.retract(fromBlock);
    for (String stream : stores.events().touchedFrom(memory.row.partition(), fromBlock)) {
      LedgerHistory history = history(stream, fromBlock);
      ledger(LedgerAggregate.ownerOf(stream)).aggregate.execute(aggregate -> aggregate.rewind(history, cause));
    }
    assignLocks();
    memory.locks.tighten();
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

  /** Stores what concerns the whole partition, in line with the owners' events. */
  void say(PartitionEvent event) {
    stores.eventStore().publish(PartitionStream.message(memory.row.partition(), memory.row.nextSequence(), event));
    memory.row = memory.row.said(1);
  }

  /** Nothing of the owner is due while it waits. */
  void forgetLocks(WalletAddress owner) {
    memory.locks.assign(Map.of(owner, List.of()));
  }

  /** The owner's refunds are due again, as they are. */
  void remindLocks(WalletAddress owner) {
    Loaded ledger = ledger(owner);
    ledger.stored = List.of();
    memory.locks.note(ledger.now());
  }

  /** Stores all that is still only in memory; the commit comes next. */
  void finish() {
    assignLocks();
    noteSnapshots();
    stores.partition().store(memory.row);
  }

  private void noteSnapshots() {
    loaded.forEach((owner, ledger) -> memory.snapshots.grown(owner, ledger.eventsBefore, ledger.events(),
        memory.row.last().block(), ledger.now()));
    for (SnapshotPlan.Noted each : memory.snapshots.takeFinal(memory.row.finalizedBlock())) {
      stores.eventStore().storeSnapshot(LedgerAggregate.snapshot(each.snapshot(), each.sequence()));
    }
  }

  private void assignLocks() {
    Map<WalletAddress, List<RefundLock>> changed = new HashMap<>();
    loaded.forEach((owner, ledger) -> {
      List<RefundLock> locks = memory.quarantined.contains(owner) ? List.of() : ledger.locks();
      if (!locks.equals(ledger.stored)) {
        changed.put(owner, locks);
        ledger.stored = locks;
      }
    });
    memory.locks.assign(changed);
  }

  private Loaded ledger(WalletAddress owner) {
    return loaded.computeIfAbsent(owner, this::load);
  }

  private Loaded load(WalletAddress owner) {
    return new Loaded(stores.ledgerOf(owner));
  }
}
