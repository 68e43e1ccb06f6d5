package io.neuronledger.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.aggregate.LedgerAggregate;
import io.neuronledger.command.account.aggregate.LedgerHistory;
import io.neuronledger.command.account.rules.LedgerRules;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;

/**
 * Given facts, when a fact, then events, on the aggregate itself (Axon's fixture, which also replays the stored events
 * and compares the states). Each fact is in a block of its own, ten seconds after the previous one.
 */
final class LedgerScene {
  static final Instant START = ScriptedPartitions.GENESIS;

  private final WalletAddress owner;
  private final Map<ServiceName, Duration> lockPeriods = new HashMap<>();
  private final List<LedgerEvent> history = new ArrayList<>();
  private Ledger ledger = Ledger.CLOSED;
  private long block = 1;
  private Instant blockTime = START;

  /** @param after the state after the events */
  record Outcome(List<LedgerEvent> events, Ledger after) {
    <E extends LedgerEvent> E only(Class<E> type) {
      assertThat(events).hasExactlyElementsOfTypes(type);
      return type.cast(events.getFirst());
    }

    <E extends LedgerEvent> E first(Class<E> type) {
      return events.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    /** The broken rules, in order. */
    List<Rule> breaches() {
      return events.stream().filter(LedgerEvent.DiscrepancyFound.class::isInstance)
          .map(each -> ((LedgerEvent.DiscrepancyFound) each).rule()).toList();
    }

    SubAccountState subAccount(SubAccountId id) {
      return after.subAccount(id).orElseThrow().state();
    }

    List<String> refundsOf(SubAccountId id) {
      return subAccount(id).refunds().stream().map(refund -> refund.amount().toZeroG()).toList();
    }
  }

  private LedgerScene(WalletAddress owner) {
    this.owner = owner;
  }

  static LedgerScene alice() {
    return new LedgerScene(Wallets.ALICE);
  }

  static LedgerScene of(WalletAddress owner) {
    return new LedgerScene(owner);
  }

  LedgerScene given(ChainEvent.OwnerFact... facts) {
    for (ChainEvent.OwnerFact fact : facts) {
      record(LedgerRules.decide(ledger, fact, cause(), terms()));
      next();
    }
    return this;
  }

  /** Sets the block time of the next fact. */
  LedgerScene at(Instant time) {
    blockTime = time;
    return this;
  }

  LedgerScene lockPeriod(ServiceName service, Duration period) {
    lockPeriods.put(service, period);
    return this;
  }

  Outcome when(ChainEvent.OwnerFact fact) {
    return outcome(aggregate -> aggregate.record(fact, cause(), terms()));
  }

  /** Seals a block. */
  Outcome whenSealed() {
    return outcome(aggregate -> aggregate.on(new BlockTimeReached(cause(), terms())));
  }

  Outcome whenRetracted(long fromBlock) {
    LedgerHistory past = new LedgerHistory(Ledger.CLOSED, fromBlock);
    history.forEach(past::add);
    return outcome(aggregate -> aggregate.rewind(past, cause()));
  }

  /** Continues after an outcome. */
  LedgerScene then(Outcome outcome) {
    record(outcome.events());
    next();
    return this;
  }

  Ledger ledger() {
    return ledger;
  }

  long block() {
    return block;
  }

  Instant blockTime() {
    return blockTime;
  }

  Cause cause() {
    return new Cause(new ChainPosition(block, 0, 0), 0, ScriptedPartitions.hash(block, 0), blockTime, Optional.empty());
  }

  ServiceTerms terms() {
    return new ServiceTerms(lockPeriods);
  }

  private void record(List<LedgerEvent> events) {
    for (LedgerEvent event : events) {
      history.add(event);
      ledger = ledger.evolve(event);
    }
  }

  private void next() {
    block++;
    blockTime = blockTime.plusSeconds(10);
  }

  private Outcome outcome(Consumer<LedgerAggregate> action) {
    AggregateTestFixture<LedgerAggregate> fixture = new AggregateTestFixture<>(LedgerAggregate.class);
    ResultValidator<LedgerAggregate> result = history.isEmpty()
        ? fixture.givenNoPriorActivity().whenConstructing(() -> made(action))
        : fixture.given(history).whenInvoking(LedgerAggregate.idOf(owner), action);
    List<LedgerEvent> published = new ArrayList<>();
    result.expectEventsMatching(Matchers.payloadsMatching(new Capture(published)));
    Ledger after = ledger;
    for (LedgerEvent event : published) {
      after = after.evolve(event);
    }
    return new Outcome(published, after);
  }

  private LedgerAggregate made(Consumer<LedgerAggregate> action) {
    LedgerAggregate aggregate = LedgerAggregate.unknown(owner);
    action.accept(aggregate);
    return aggregate;
  }

  /** Matches and captures any argument. */
  private static final class Capture extends BaseMatcher<List<?>> {
    private final List<LedgerEvent> kept;

    private Capture(List<LedgerEvent> kept) {
      this.kept = kept;
    }

    @Override
    public boolean matches(Object payloads) {
      kept.clear();
      ((List<?>) payloads).forEach(each -> kept.add((LedgerEvent) each));
      return true;
    }

    @Override
    public void describeTo(Description description) {
      description.appendText("any events");
    }
  }
}
