package io.neuronledger.command.account;

import static io.neuronledger.command.fixture.Script.deposit;
import static io.neuronledger.command.fixture.Script.request;
import static io.neuronledger.command.fixture.Script.transfer;
import static io.neuronledger.command.fixture.Wallets.ALICE;

import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.account.rules.LedgerRules;
import io.neuronledger.command.account.rules.RefundLockExpiry;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.ChainPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.modelling.command.Repository;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;

/** The lock as an Axon deadline, with the fixture's clock as block time. */
class LockDeadlineTest {
  private static final Instant ASKED = ScriptedPartitions.GENESIS;
  private static final Duration DAY = Duration.ofDays(1);

  /** Schedules a deadline; the terms are those in force at that time. */
  record Watch(Instant then, ServiceTerms terms) {}

  /** Delivers deadlines to the ledger as a deadline manager does. */
  static final class Watching {
    private final Repository<LedgerAggregate> ledgers;

    Watching(Repository<LedgerAggregate> ledgers) {
      this.ledgers = ledgers;
    }

    @CommandHandler
    void watch(Watch command, DeadlineManager deadlines) {
      ledgers.load(LedgerAggregate.idOf(ALICE)).execute(_ -> deadlines.schedule(command.then(),
          LedgerAggregate.LOCK_DEADLINE, new BlockTimeReached(cause(command.then()), command.terms())));
    }
  }

  private static Cause cause(Instant blockTime) {
    return new Cause(ChainPosition.endOf(blockTime.getEpochSecond(), 0), 0, ScriptedPartitions.hash(1, 0), blockTime,
        Optional.empty());
  }

  private static List<LedgerEvent> asked() {
    List<LedgerEvent> events = new ArrayList<>();
    Ledger ledger = Ledger.CLOSED;
    for (ChainEvent.OwnerFact fact : List.of(deposit(ALICE, "10"), transfer(ALICE, "4"), request(ALICE, "4"))) {
      Cause cause = new Cause(new ChainPosition(1, events.size(), 0), 0, ScriptedPartitions.hash(1, 0), ASKED,
          Optional.empty());
      for (LedgerEvent event : LedgerRules.decide(ledger, fact, cause, ServiceTerms.NONE_SET)) {
        events.add(event);
        ledger = ledger.evolve(event);
      }
    }
    return events;
  }

  private static Ledger after(List<LedgerEvent> events) {
    Ledger ledger = Ledger.CLOSED;
    for (LedgerEvent event : events) {
      ledger = ledger.evolve(event);
    }
    return ledger;
  }

  private static LedgerEvent due(List<LedgerEvent> events, Instant then, ServiceTerms terms) {
    return RefundLockExpiry.events(after(events), ALICE, cause(then), terms).getFirst();
  }

  private static TestExecutor<LedgerAggregate> given(List<LedgerEvent> events, Watch... deadlines) {
    AggregateTestFixture<LedgerAggregate> fixture = new AggregateTestFixture<>(LedgerAggregate.class);
    fixture.registerAnnotatedCommandHandler(new Watching(fixture.getRepository()));
    return fixture.given(events).andGivenCurrentTime(ASKED).andGivenCommands((Object[]) deadlines);
  }

  private static ServiceTerms lock(Duration period) {
    return new ServiceTerms(Map.of(Wallets.INFERENCE, period));
  }

  @Test
  void a_refund_stays_locked_until_the_last_second() {
    given(asked(), new Watch(ASKED.plus(DAY), lock(DAY)))
        .whenTimeAdvancesTo(ASKED.plus(DAY).minusSeconds(1)).expectNoEvents();
    given(asked(), new Watch(ASKED.plus(DAY).minusSeconds(1), lock(DAY)))
        .whenTimeAdvancesTo(ASKED.plus(DAY).minusSeconds(1)).expectNoEvents();
  }

  @Test
  void a_refund_is_claimable_from_the_first_instant_on() {
    given(asked(), new Watch(ASKED.plus(DAY), lock(DAY))).whenTimeAdvancesTo(ASKED.plus(DAY))
        .expectEvents(due(asked(), ASKED.plus(DAY), lock(DAY)));
  }

  @Test
  void several_deadlines_emit_one_event() {
    Instant later = ASKED.plus(DAY).plusSeconds(10);
    given(asked(), new Watch(ASKED.plus(DAY), lock(DAY)), new Watch(later, lock(DAY))).whenTimeElapses(DAY.plusHours(1))
        .expectEvents(due(asked(), ASKED.plus(DAY), lock(DAY)));
  }

  @Test
  void a_longer_period_relocks_the_refund_and_it_becomes_claimable_again() {
    List<LedgerEvent> claimable = new ArrayList<>(asked());
    claimable.add(due(asked(), ASKED.plus(DAY), lock(DAY)));
    Instant later = ASKED.plus(DAY).plusSeconds(10);
    LedgerEvent relocked = due(claimable, later, lock(DAY.multipliedBy(2)));
    given(claimable, new Watch(later, lock(DAY.multipliedBy(2)))).whenTimeAdvancesTo(later).expectEvents(relocked);

    List<LedgerEvent> locked = new ArrayList<>(claimable);
    locked.add(relocked);
    Instant end = ASKED.plus(DAY.multipliedBy(2));
    given(locked, new Watch(end, lock(DAY.multipliedBy(2)))).whenTimeAdvancesTo(end)
        .expectEvents(due(locked, end, lock(DAY.multipliedBy(2))));
  }
}
