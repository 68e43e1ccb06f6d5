package io.neuronledger.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.aggregate.LedgerHistory;
import io.neuronledger.command.account.rules.LedgerRules;
import io.neuronledger.command.account.rules.RefundLockExpiry;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Properties of any history of possible and impossible facts. */
class LedgerProperties {
  /** One fact with its events and the state after them. */
  private record Step(Histories.Move move, Cause cause, Ledger before, List<LedgerEvent> events, Ledger after) {}

  @Provide
  Arbitrary<List<Histories.Move>> anything() {
    return Histories.anything();
  }

  @Provide
  Arbitrary<List<Histories.Move>> possible() {
    return Histories.possible();
  }

  @Property
  void the_rules_of_every_ledger_hold(@ForAll("anything") List<Histories.Move> moves) {
    for (Step step : play(moves)) {
      assertThat(step.after().total()).isEqualTo(step.after().available().plus(step.after().locked()));
      for (SubAccount account : step.after().subAccounts().values()) {
        Neuron pending = account.refunds().pending();
        assertThat(pending).isLessThanOrEqualTo(account.balance());
        assertThat(account.refunds().active()).noneMatch(refund -> refund.amount().isZero());
      }
      assertThat(step.after().open() || step.after().equals(Ledger.CLOSED)).isTrue();
      Set<PendingRefund> refunds = new HashSet<>();
      assertThat(step.after().activeRefunds().allMatch(active -> refunds.add(active.refund()))).isTrue();
    }
  }

  @Property
  void postings_sum_to_zero_and_are_the_change_of_state(@ForAll("anything") List<Histories.Move> moves) {
    for (Step step : play(moves)) {
      Ledger ledger = step.before();
      for (LedgerEvent event : step.events()) {
        Ledger after = ledger.evolve(event);
        Map<String, BigInteger> moved = sums(postingsOf(event));
        assertThat(moved.values().stream().reduce(BigInteger.ZERO, BigInteger::add)).isEqualTo(BigInteger.ZERO);
        Map<String, BigInteger> own = new TreeMap<>(moved);
        own.keySet().removeIf(account -> account.equals(Posting.OUTSIDE) || account.startsWith("provider:"));
        assertThat(own).isEqualTo(change(ledger, after));
        ledger = after;
      }
    }
  }

  @Property
  void deposits_less_withdrawals_and_fees_are_the_total(@ForAll("anything") List<Histories.Move> moves) {
    BigInteger outside = BigInteger.ZERO;
    Ledger ledger = Ledger.CLOSED;
    for (Step step : play(moves)) {
      for (LedgerEvent event : step.events()) {
        for (Map.Entry<String, BigInteger> moved : sums(postingsOf(event)).entrySet()) {
          if (moved.getKey().equals(Posting.OUTSIDE) || moved.getKey().startsWith("provider:")) {
            outside = outside.add(moved.getValue());
          }
        }
      }
      ledger = step.after();
    }
    assertThat(ledger.total().value()).isEqualTo(outside.negate());
  }

  @Property
  void a_possible_history_has_no_discrepancies(@ForAll("possible") List<Histories.Move> moves) {
    assertThat(play(moves)).allSatisfy(step ->
        assertThat(step.events()).noneMatch(LedgerEvent.DiscrepancyFound.class::isInstance));
  }

  @Property
  void replay_of_the_stored_events_gives_the_live_state(@ForAll("anything") List<Histories.Move> moves) {
    List<Step> steps = play(moves);
    Ledger replayed = Ledger.CLOSED;
    for (Step step : steps) {
      for (LedgerEvent event : step.events()) {
        replayed = replayed.evolve(event);
      }
      assertThat(replayed).isEqualTo(step.after());
      assertThat(Ledger.of(Histories.OWNER, replayed.state())).isEqualTo(replayed);
    }
  }

  @Property
  void applying_a_state_event_twice_is_idempotent(@ForAll("anything") List<Histories.Move> moves) {
    for (Step step : play(moves)) {
      for (LedgerEvent event : step.events()) {
        Ledger once = step.before().evolve(event);
        assertThat(once.evolve(event)).isEqualTo(once);
      }
    }
  }

  @Property
  void each_due_lock_event_is_emitted_once(@ForAll("anything") List<Histories.Move> moves) {
    for (Step step : play(moves)) {
      assertThat(RefundLockExpiry.events(step.after(), Histories.OWNER, step.cause(), step.move().terms()).stream()
          .filter(event -> isNotOfThisFact(event, step))).isEmpty();
    }
  }

  /** A refund that the fact itself added and that is past its lock already is due at the next fact. */
  private static boolean isNotOfThisFact(LedgerEvent event, Step step) {
    Set<Object> known = new HashSet<>();
    step.before().activeRefunds().forEach(active -> known.add(active.refund().id()));
    return (event instanceof LedgerEvent.RefundClaimable claimable && known.contains(claimable.refund()))
        || event instanceof LedgerEvent.RefundRelocked;
  }

  @Property
  void a_rewind_gives_the_state_without_the_retracted_facts(@ForAll("anything") List<Histories.Move> moves,
      @ForAll @IntRange(min = 1, max = 40) int fromBlock) {
    List<Step> steps = play(moves);
    LedgerHistory history = new LedgerHistory(Ledger.CLOSED, fromBlock);
    Ledger before = Ledger.CLOSED;
    for (Step step : steps) {
      step.events().forEach(history::add);
      if (step.cause().position().block() < fromBlock) {
        before = step.after();
      }
    }
    if (history.hasRetracted()) {
      LedgerEvent.LedgerRewound rewound = history.rewind(Histories.OWNER, steps.getLast().cause());
      assertThat(steps.getLast().after().evolve(rewound)).isEqualTo(before);
      Map<String, BigInteger> all = new TreeMap<>(sums(rewound.postings()));
      steps.stream().filter(step -> step.cause().position().block() >= fromBlock)
          .forEach(step -> step.events().forEach(event ->
              sums(postingsOf(event)).forEach((account, sum) -> all.merge(account, sum, BigInteger::add))));
      all.values().removeIf(sum -> sum.signum() == 0);
      assertThat(all).isEmpty();
    } else {
      assertThat(before).isEqualTo(steps.isEmpty() ? Ledger.CLOSED : steps.getLast().after());
    }
  }

  private static List<Step> play(List<Histories.Move> moves) {
    List<Step> steps = new ArrayList<>();
    Ledger ledger = Ledger.CLOSED;
    Instant blockTime = ScriptedPartitions.GENESIS;
    long block = 0;
    for (Histories.Move move : moves) {
      block += move.blocks();
      blockTime = blockTime.plusSeconds(move.seconds());
      Cause cause =
          new Cause(new ChainPosition(Math.max(1, block), steps.size(), 0), 0, ScriptedPartitions.hash(block, 0),
          blockTime, Optional.empty());
      List<LedgerEvent> events = LedgerRules.decide(ledger, move.fact(ledger, blockTime), cause, move.terms());
      Ledger after = ledger;
      for (LedgerEvent event : events) {
        after = after.evolve(event);
      }
      steps.add(new Step(move, cause, ledger, events, after));
      ledger = after;
    }
    return steps;
  }

  private static List<Posting> postingsOf(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.Booked booked -> booked.postings();
      case LedgerEvent.Assigned assigned -> assigned.postings();
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.BreachDecision _ -> List.of();
    };
  }

  private static Map<String, BigInteger> sums(List<Posting> postings) {
    Map<String, BigInteger> sums = new TreeMap<>();
    postings.forEach(posting -> sums.merge(posting.account(), posting.amount().value(), BigInteger::add));
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }

  private static Map<String, BigInteger> change(Ledger before, Ledger after) {
    Map<String, BigInteger> change = new TreeMap<>();
    change.put(Posting.ledger(Histories.OWNER), after.available().value().subtract(before.available().value()));
    Set<SubAccountId> ids = new HashSet<>(before.subAccounts().keySet());
    ids.addAll(after.subAccounts().keySet());
    for (SubAccountId id : ids) {
      change.put(Posting.subAccount(id), balance(after, id).subtract(balance(before, id)));
    }
    change.values().removeIf(sum -> sum.signum() == 0);
    return change;
  }

  private static BigInteger balance(Ledger ledger, SubAccountId id) {
    return ledger.subAccount(id).map(SubAccount::balance).orElse(Neuron.ZERO).value();
  }
}
