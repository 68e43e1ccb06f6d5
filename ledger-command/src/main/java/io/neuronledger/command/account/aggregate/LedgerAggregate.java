package io.neuronledger.command.account.aggregate;

import io.neuronledger.command.account.BlockTimeReached;
import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.account.ServiceTerms;
import io.neuronledger.command.account.rules.LedgerRules;
import io.neuronledger.command.account.rules.RefundLockExpiry;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.WalletAddress;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;

/**
 * The Axon aggregate around {@link Ledger} and its rules. An Axon upgrade touches only this class of the account
 * rules.
 */
@AggregateRoot(type = LedgerAggregate.TYPE)
public final class LedgerAggregate {
  public static final String TYPE = "ledger";
  /** The deadline name for the locks of all refunds. */
  public static final String LOCK_DEADLINE = "refund-lock";

  @AggregateIdentifier
  private String id = "";
  private Ledger state = Ledger.CLOSED;

  /** For Axon, which fills it by replay. */
  LedgerAggregate() {}

  private LedgerAggregate(String id) {
    this.id = id;
  }

  /** An owner without events. */
  public static LedgerAggregate unknown(WalletAddress owner) {
    return new LedgerAggregate(idOf(owner));
  }

  /** The prefix keeps two aggregate types out of one event stream. */
  public static String idOf(WalletAddress owner) {
    return TYPE + ":" + owner;
  }

  /** A snapshot of the state after the stream's event with this sequence, as a message for the event store. */
  public static DomainEventMessage<LedgerSnapshot> snapshot(LedgerSnapshot snapshot, long sequence) {
    return new GenericDomainEventMessage<>(TYPE, idOf(snapshot.owner()), sequence, snapshot);
  }

  /** The owner whose ledger has this id. */
  public static WalletAddress ownerOf(String id) {
    return new WalletAddress(id.substring(TYPE.length() + 1));
  }

  public void record(ChainEvent.OwnerFact fact, Cause cause, ServiceTerms terms) {
    LedgerRules.decide(state, fact, cause, terms).forEach(AggregateLifecycle::apply);
  }

  /** Emits the lock changes due at this block time that were not emitted before. */
  @DeadlineHandler(deadlineName = LOCK_DEADLINE)
  public void on(BlockTimeReached reached) {
    RefundLockExpiry.events(state, ownerOf(id), reached.cause(), reached.terms())
        .forEach(AggregateLifecycle::apply);
  }

  /** Reverts the live branch's events from the history's block on. */
  public void rewind(LedgerHistory history, Cause cause) {
    if (history.hasRetracted()) {
      AggregateLifecycle.apply(history.rewind(ownerOf(id), cause));
    }
  }

  public Ledger state() {
    return state;
  }

  @EventSourcingHandler
  public void on(LedgerEvent event) {
    id = idOf(event.owner());
    state = state.evolve(event);
  }

  @EventSourcingHandler
  public void on(LedgerSnapshot snapshot) {
    id = idOf(snapshot.owner());
    state = Ledger.of(snapshot.owner(), snapshot.state());
  }
}
