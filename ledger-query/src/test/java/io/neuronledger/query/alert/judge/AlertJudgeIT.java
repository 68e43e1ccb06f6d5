package io.neuronledger.query.alert.judge;

import static io.neuronledger.query.alert.judge.Judging.neuron;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.following.FollowingState;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertKind;
import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.contracts.view.alert.AlertType;
import io.neuronledger.contracts.view.alert.AlertView;
import io.neuronledger.query.alert.store.Recording;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.following.BehindLimits;
import io.neuronledger.query.following.FollowingReports;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks are ten minutes apart, and the clock is that of the newest. No whole look comes by itself after the first. */
class AlertJudgeIT {
  private static final WalletAddress ONE = Wallets.wallet(1);
  private static final WalletAddress TWO = Wallets.wallet(2);
  private static final ServiceName SERVICE = ServiceName.of("inference-v1.0");
  private static final SubAccountId ID = new SubAccountId(ONE, Wallets.wallet(7), SERVICE);
  private static final int MANY = 1_000;

  private final Judging judging = new Judging(1, Judging.NEVER, MANY);
  private final AccountEventScript script = AccountEventScript.started(0, 1).known(SERVICE);
  private final Meters meters = new Meters();

  @AfterEach
  void close() {
    judging.close();
  }

  private void round() {
    judging.process(script);
    judging.round();
  }

  @Test
  void a_balance_is_raised_below_the_threshold_and_recovers_where_the_rule_says() {
    AlertRuleView rule = judging.below(10, 20);
    script.deposit(ONE, neuron(10)).deposit(TWO, neuron(30)).seal();
    round();
    assertThat(judging.words()).as("10 is not below 10").isEmpty();
    script.withdraw(ONE, neuron(1)).seal();
    round();
    round();
    assertThat(judging.words()).containsExactly("raised 9 at 2");
    script.deposit(ONE, neuron(10)).seal();
    round();
    assertThat(judging.words()).as("19 is between").hasSize(1);
    script.deposit(ONE, neuron(1)).seal();
    round();
    script.withdraw(ONE, neuron(5)).seal();
    round();
    assertThat(judging.words()).as("15 is between").containsExactly("raised 9 at 2", "recovered 20 at 4");
    List<AlertView> alerts = judging.alerts();
    assertThat(alerts.getFirst().owner()).hasValue(ONE);
    assertThat(alerts.getFirst().threshold()).hasValue("10");
    assertThat(alerts.getFirst().rule()).isEqualTo(rule.id());
    assertThat(alerts.getFirst().block().orElseThrow().hash()).isEqualTo(Chain.blockHash(2, 0));
    assertThat(alerts.getLast().about()).hasValue(alerts.getFirst().id());
    assertThat(alerts.getLast().threshold()).hasValue("20");
  }

  @Test
  void what_holds_already_is_raised_for_a_new_rule_and_a_closed_ledger_recovers() {
    script.deposit(ONE, neuron(5)).seal();
    round();
    judging.below(10, 10);
    round();
    assertThat(judging.words()).containsExactly("raised 5 at 1");
    script.withdraw(ONE, neuron(5)).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 5 at 1", "recovered at 2");
  }

  @Test
  void nothing_is_judged_while_the_answers_lag() {
    judging.below(10, 10);
    script.deposit(ONE, neuron(5)).seal();
    judging.fixture().process(script.records());
    judging.round();
    assertThat(judging.words()).as("nobody has reported the head").isEmpty();
    judging.head(22);
    judging.round();
    assertThat(judging.words()).as("21 blocks").isEmpty();
    script.deposit(ONE, neuron(50)).seal();
    round();
    assertThat(judging.words()).as("of the past nothing is raised").isEmpty();
  }

  @Test
  void a_fork_withdraws_what_was_judged_in_it_and_the_new_branch_is_judged() {
    judging.below(10, 10);
    script.deposit(ONE, neuron(50)).deposit(TWO, neuron(5)).seal();
    round();
    script.deposit(TWO, neuron(7)).seal();
    round();
    script.withdraw(ONE, neuron(45)).seal();
    round();
    script.deposit(ONE, neuron(60)).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 5 at 1", "recovered 12 at 2", "raised 5 at 3",
        "recovered 65 at 4");
    List<AlertView> before = judging.alerts();
    script.retract(2).deposit(ONE, neuron(1)).seal(3);
    round();
    List<AlertView> after = judging.alerts();
    assertThat(judging.words().subList(4, 7)).allMatch(each -> each.startsWith("withdrawn"));
    assertThat(after.subList(4, 7)).extracting(each -> each.about().orElseThrow())
        .containsExactly(before.get(3).id(), before.get(2).id(), before.get(1).id());
    assertThat(after).as("two is below since block 1, as before").hasSize(7);
    assertThat(after.getFirst().active()).hasValue(true);
    script.withdraw(ONE, neuron(45)).seal();
    round();
    assertThat(judging.words()).hasSize(8).last().isEqualTo("raised 6 at 5");
    assertThat(judging.alerts()).filteredOn(each -> each.active().orElse(false)).hasSize(2);
  }

  @Test
  void a_fork_withdraws_also_what_finality_has_passed_before_the_rules_are_judged() {
    judging.below(10, 10);
    script.deposit(ONE, neuron(50)).seal();
    round();
    script.withdraw(ONE, neuron(45)).seal();
    round();
    script.retract(2).seal(2).finality(3).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 5 at 2", "withdrawn at 4");
    script.withdraw(ONE, neuron(45)).seal();
    round();
    assertThat(judging.words()).last().isEqualTo("raised 5 at 5");
  }

  @Test
  void a_changed_owner_is_found_without_looking_at_all() {
    script.deposit(ONE, neuron(50)).deposit(TWO, neuron(50)).seal();
    judging.rule(AlertKind.BALANCE_BELOW, List.of(ONE), Optional.of("10"), Optional.empty(), Optional.empty());
    judging.below(10, 10);
    round();
    script.withdraw(TWO, neuron(45)).seal();
    round();
    assertThat(judging.words()).as("the rule about the other one").containsExactly("raised 5 at 2");
  }

  @Test
  void usage_counts_at_once_for_what_may_be_spent() {
    judging.rule(AlertKind.SPENDABLE_BELOW, Optional.of("50"), Optional.of("60"), Optional.empty());
    script.deposit(ONE, neuron(100)).transfer(ID, neuron(100)).seal();
    round();
    script.add(meters.recorded(ID, List.of(Meters.line("r-1", Chain.blockTime(1), 60))));
    round();
    assertThat(judging.words()).containsExactly("raised 40 at 1");
    assertThat(judging.store().changed(judging.fixture().db())).as("also before the next seal, once").isEmpty();
    script.deposit(ONE, neuron(20)).transfer(ID, neuron(20)).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 40 at 1", "recovered 60 at 2");
  }

  /** 24 neuron a day; providers demand 1,000. It recovers once it lasts for a quarter more than two days. */
  @Test
  void who_may_be_refused_soon_is_found_until_it_lasts_again() {
    judging.rule(AlertKind.RUNWAY_BELOW, Optional.empty(), Optional.empty(),
        Optional.of(Duration.ofDays(2).toSeconds()));
    script.deposit(ONE, neuron(5_000)).transfer(ID, neuron(1_000 + 72 + 60)).seal(3 * 144);
    round();
    List<UsageLine> lines = new ArrayList<>();
    for (int hour = 0; hour < 72; hour++) {
      lines.add(Meters.line("r-" + hour, Chain.GENESIS.plus(Duration.ofHours(hour)), 1));
    }
    script.add(meters.recorded(ID, lines)).seal();
    round();
    assertThat(judging.words()).as("it lasts for two days and a half").isEmpty();
    script.request(ID, neuron(13)).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 169200 at 434");
    script.transfer(ID, neuron(10)).seal();
    round();
    assertThat(judging.words()).as("less than a quarter more").hasSize(1);
    script.transfer(ID, neuron(4)).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 169200 at 434", "recovered at 436");
    assertThat(judging.alerts()).extracting(alert -> alert.threshold().orElseThrow())
        .as("where it is raised, and where it recovers").containsExactly("172800", "216000");
  }

  /** Nobody uses it, because it is refused. */
  @Test
  void who_is_refused_recovers_not_by_being_used_no_more() {
    judging.rule(AlertKind.RUNWAY_BELOW, Optional.empty(), Optional.empty(),
        Optional.of(Duration.ofDays(2).toSeconds()));
    SubAccountId left = new SubAccountId(ONE, Wallets.wallet(8), SERVICE);
    script.deposit(ONE, neuron(5_000)).transfer(left, neuron(5)).transfer(ID, neuron(1_000 + 71)).seal(3 * 144);
    List<UsageLine> lines = new ArrayList<>();
    for (int hour = 0; hour < 72; hour++) {
      lines.add(Meters.line("r-" + hour, Chain.GENESIS.plus(Duration.ofHours(hour)), 1));
    }
    script.add(meters.recorded(ID, lines)).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 0 at 433");
    script.seal(12 * 144);
    script.add(meters.recorded(left, List.of(Meters.line("r-left", Chain.GENESIS, 1))))
        .deposit(ONE, neuron(1)).seal();
    round();
    judging.judge(Duration.ZERO, MANY).round();
    assertThat(judging.words()).as("what was used long ago and never raised is not").hasSize(1);
    script.transfer(ID, neuron(1)).seal();
    round();
    assertThat(judging.words()).hasSize(2).last().isEqualTo("recovered at 2163");
  }

  @Test
  void a_reversed_report_counts_at_once_for_what_may_be_spent() {
    judging.rule(AlertKind.SPENDABLE_BELOW, Optional.of("50"), Optional.of("60"), Optional.empty());
    UsageLine wrong = Meters.line("r-1", Chain.blockTime(1), 60);
    script.deposit(ONE, neuron(100)).transfer(ID, neuron(100)).seal().add(meters.recorded(ID, List.of(wrong))).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 40 at 2");
    script.add(meters.reversed(ID, wrong, Optional.empty())).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 40 at 2", "recovered 100 at 3");
  }

  /** The owner's answers are frozen at the refund's block; a part of the next one has removed the refund. */
  @Test
  void a_refund_of_a_quarantined_owner_is_judged_as_the_answers_show_it() {
    judging.rule(AlertKind.REFUND_CLAIMABLE, Optional.empty(), Optional.empty(), Optional.empty());
    script.lockPeriod(SERVICE, Duration.ofMinutes(20)).deposit(ONE, neuron(9)).transfer(ID, neuron(9))
        .request(ID, neuron(4)).seal();
    script.restate(ONE, new LedgerState(true, neuron(9), List.of()))
        .add(new PartitionEvent.OwnerQuarantined(ONE, new ChainPosition(2, 1, 0), "odd")).seal(2);
    round();
    script.seal();
    round();
    assertThat(judging.words()).containsExactly("raised 4 at 3");
    script.add(new PartitionEvent.OwnerReleased(ONE)).seal();
    whole();
    assertThat(judging.words()).containsExactly("raised 4 at 3", "recovered at 5");
  }

  /** The owner's answers are frozen at the first block; a part of the next one has settled. */
  @Test
  void what_is_spendable_of_a_quarantined_owner_is_judged_as_the_answers_show_it() {
    judging.rule(AlertKind.SPENDABLE_BELOW, Optional.of("50"), Optional.of("60"), Optional.empty());
    script.lockPeriod(SERVICE, Duration.ofMinutes(20)).deposit(ONE, neuron(100)).transfer(ID, neuron(100))
        .add(meters.recorded(ID, List.of(Meters.line("r-1", Chain.blockTime(0), 60)))).seal();
    script.settle(ID, neuron(60))
        .add(new PartitionEvent.OwnerQuarantined(ONE, new ChainPosition(2, 1, 0), "odd")).seal(2);
    whole();
    assertThat(judging.words()).hasSize(1);
    assertThat(judging.words().getFirst()).startsWith("raised 40 at ");
  }

  @Test
  void a_refund_is_raised_by_the_block_in_which_its_lock_is_over() {
    judging.rule(AlertKind.REFUND_CLAIMABLE, Optional.empty(), Optional.empty(), Optional.empty());
    script.lockPeriod(SERVICE, Duration.ofMinutes(20)).deposit(ONE, neuron(9)).transfer(ID, neuron(9))
        .request(ID, neuron(4)).seal();
    round();
    script.seal();
    round();
    assertThat(judging.words()).isEmpty();
    script.seal();
    round();
    script.seal();
    round();
    assertThat(judging.words()).containsExactly("raised 4 at 3");
    script.restate(ONE, new LedgerState(true, neuron(9), List.of())).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 4 at 3", "recovered at 5");
  }

  @Test
  void a_refund_is_raised_by_the_clock_where_no_block_comes_and_no_second_time() {
    judging.rule(AlertKind.REFUND_CLAIMABLE, Optional.empty(), Optional.empty(), Optional.empty());
    script.lockPeriod(SERVICE, Duration.ofMinutes(20)).deposit(ONE, neuron(9)).transfer(ID, neuron(9))
        .request(ID, neuron(4)).seal();
    round();
    judging.clock.pass(Duration.ofMinutes(20).plus(OwnerConditions.PATIENCE).minusMillis(1));
    judging.round();
    assertThat(judging.words()).isEmpty();
    judging.clock.pass(Duration.ofMillis(1));
    judging.round();
    judging.round();
    assertThat(judging.words()).containsExactly("raised 4 at 1 by clock");
    script.seal(2);
    round();
    script.seal();
    round();
    assertThat(judging.words()).containsExactly("raised 4 at 1 by clock");
  }

  @Test
  void a_settlement_that_does_not_match_is_raised_after_a_while_until_a_report_comes() {
    judging.rule(AlertKind.SETTLEMENT_UNMATCHED, Optional.empty(), Optional.empty(), Optional.of(600L));
    script.deposit(ONE, neuron(100)).transfer(ID, neuron(100)).settle(ID, neuron(30)).seal();
    whole();
    assertThat(judging.words()).isEmpty();
    script.seal();
    whole();
    assertThat(judging.words()).containsExactly("raised 600 at 2");
    assertThat(judging.alerts().getFirst().subject()).hasValue("1-2-0-0");
    script.add(meters.recorded(ID, List.of(Meters.line("r-1", Chain.blockTime(0), 30)))).seal();
    whole();
    assertThat(judging.words()).containsExactly("raised 600 at 2", "recovered at 3");
  }

  @Test
  void an_open_discrepancy_is_raised_until_it_is_gone() {
    judging.rule(AlertKind.DISCREPANCY_OPENED, Optional.empty(), Optional.empty(), Optional.empty());
    script.deposit(ONE, neuron(100)).transfer(ID, neuron(100)).settle(ID, neuron(30)).seal();
    whole();
    assertThat(judging.words()).containsExactly("raised 30 at 1");
    assertThat(judging.alerts().getFirst().subject().orElseThrow()).startsWith("settlement-unreported:1-2-0-0");
    script.add(meters.recorded(ID, List.of(Meters.line("r-1", Chain.blockTime(0), 30)))).seal();
    whole();
    assertThat(judging.words()).containsExactly("raised 30 at 1", "recovered at 2");
  }

  /** A page has 500. */
  @Test
  void discrepancies_beyond_those_that_may_be_raised_end_no_others() {
    int most = 500;
    try (Judging few = new Judging(1, Judging.NEVER, most)) {
      few.rule(AlertKind.DISCREPANCY_OPENED, Optional.empty(), Optional.empty(), Optional.empty());
      AccountEventScript many = AccountEventScript.started(0, 1).known(SERVICE).deposit(ONE, neuron(MANY))
          .transfer(ID, neuron(MANY));
      IntStream.range(0, most).forEach(_ -> many.settle(ID, neuron(1)));
      few.process(many.seal());
      few.judge(Judging.NEVER, most).round();
      assertThat(few.words()).hasSize(most);
      few.process(many.settle(ID, neuron(1)).seal());
      few.judge(Judging.NEVER, most).round();
      assertThat(few.words()).hasSize(most);
    }
  }

  @Test
  void a_provider_that_was_active_is_silent_after_a_while() {
    judging.rule(AlertKind.PROVIDER_SILENT, Optional.empty(), Optional.empty(), Optional.of(3_600L));
    script.deposit(ONE, neuron(100)).transfer(ID, neuron(100)).settle(ID, neuron(1)).seal(6);
    whole();
    assertThat(judging.words()).isEmpty();
    script.seal();
    whole();
    assertThat(judging.words()).containsExactly("raised 3600 at 7");
    assertThat(judging.alerts().getFirst().provider()).hasValue(ID.provider());
    script.settle(ID, neuron(1)).seal();
    whole();
    assertThat(judging.words()).containsExactly("raised 3600 at 7", "recovered at 8");
  }

  @Test
  void a_comparison_that_differs_is_raised_until_one_is_equal() {
    judging.rule(AlertKind.RECONCILIATION_DIFFERENT, Optional.empty(), Optional.empty(), Optional.empty());
    script.deposit(ONE, neuron(5)).seal();
    script.restate(ONE, new LedgerState(true, neuron(4), List.of())).add(ended("run-1", 1)).seal();
    whole();
    assertThat(judging.words()).containsExactly("raised 1 at 2");
    script.add(ended("run-2", 2)).seal();
    whole();
    assertThat(judging.words()).containsExactly("raised 1 at 2", "recovered at 3");
  }

  private static PartitionEvent.ReconciliationEnded ended(String run, long block) {
    return new PartitionEvent.ReconciliationEnded(run, block, Chain.blockHash(block, 0), Chain.blockTime(block), 0, 1,
        neuron(5), neuron(5));
  }

  /** Another instance begins with looking at everything. */
  private void whole() {
    judging.process(script);
    judging.judge(Judging.NEVER, MANY).round();
  }

  @Test
  void following_that_stops_or_lags_is_raised_also_where_nothing_else_is() {
    judging.rule(AlertKind.FOLLOWING_STOPPED, Optional.empty(), Optional.empty(), Optional.of(0L));
    judging.rule(AlertKind.FOLLOWING_BEHIND, Optional.empty(), Optional.empty(), Optional.of(1_200L));
    script.seal();
    round();
    assertThat(judging.words()).isEmpty();
    judging.head(3);
    judging.round();
    assertThat(judging.words()).as("1200 is not more").isEmpty();
    judging.head(4);
    judging.round();
    assertThat(judging.words()).containsExactly("raised 1800 at 1 by clock");
    script.seal(3);
    round();
    assertThat(judging.words()).last().isEqualTo("recovered at 4 by clock");
    script.retract(3).seal(2);
    round();
    assertThat(judging.words()).as("no block is its reason").hasSize(2);
  }

  @Test
  void blocks_that_wait_for_confirmations_are_no_lag() {
    judging.rule(AlertKind.FOLLOWING_BEHIND, Optional.empty(), Optional.empty(), Optional.of(1_200L));
    script.seal();
    round();
    judging.head(4, FollowingState.FOLLOWING, 3);
    judging.round();
    assertThat(judging.words()).isEmpty();
    judging.head(5, FollowingState.FOLLOWING, 3);
    judging.round();
    assertThat(judging.words()).containsExactly("raised 2400 at 1 by clock");
  }

  @Test
  void following_counts_as_stopped_only_after_a_while() {
    judging.rule(AlertKind.FOLLOWING_STOPPED, Optional.empty(), Optional.empty(), Optional.of(45L));
    judging.clock.pass(Duration.ofSeconds(45));
    judging.round();
    assertThat(judging.words()).as("no report has been read").isEmpty();
    AlertJudge judge = judging.judge(Judging.NEVER, MANY);
    Judging.expire(judging.fixture().following());
    judging.clock.pass(Duration.ofSeconds(44));
    judge.round();
    assertThat(judging.words()).isEmpty();
    judging.clock.pass(Duration.ofSeconds(1));
    judge.round();
    judge.round();
    assertThat(judging.words()).containsExactly("raised unknown by clock");
    judging.head(1, FollowingState.HALTED);
    judging.round();
    assertThat(judging.words()).hasSize(1);
    judging.head(1);
    judging.round();
    assertThat(judging.words()).last().isEqualTo("recovered by clock");
  }

  @Test
  void an_instance_that_knows_nothing_ends_nothing_and_raises_nothing_that_another_one_knows_better() {
    judging.rule(AlertKind.FOLLOWING_STOPPED, Optional.empty(), Optional.empty(), Optional.of(45L));
    judging.rule(AlertKind.FOLLOWING_BEHIND, Optional.empty(), Optional.empty(), Optional.of(1_200L));
    script.seal();
    round();
    judging.head(4);
    judging.round();
    assertThat(judging.words()).containsExactly("raised 1800 at 1 by clock");
    FollowingReports reports = new FollowingReports(new BehindLimits(20, Duration.ofMinutes(1)),
        InstantSource.system());
    AlertJudge other = judging.judge(Judging.NEVER, MANY, reports);
    other.round();
    assertThat(judging.words()).as("it has just started").hasSize(1);
    Judging.expire(reports);
    judging.clock.pass(Duration.ofSeconds(60));
    judging.round();
    other.round();
    assertThat(judging.words()).as("its reports have expired").hasSize(1);
    judging.clock.pass(Duration.ofSeconds(45));
    other.round();
    assertThat(judging.words()).as("nobody knows").last().isEqualTo("raised unknown at 1 by clock");
    judging.round();
    assertThat(judging.words()).hasSize(3).last().isEqualTo("recovered at 1 by clock");
  }

  @Test
  void a_muted_rule_records_and_sends_what_matters_when_the_muting_ends() {
    AlertRuleView rule = judging.below(10, 10);
    script.deposit(ONE, neuron(5)).deposit(TWO, neuron(50)).seal();
    round();
    mute(rule, Optional.of(Chain.blockTime(4)));
    script.deposit(ONE, neuron(50)).withdraw(TWO, neuron(45)).seal();
    round();
    script.deposit(Wallets.wallet(3), neuron(1)).seal();
    round();
    assertThat(judging.words()).filteredOn(each -> each.endsWith("muted")).hasSize(3);
    script.deposit(Wallets.wallet(3), neuron(100)).seal();
    round();
    assertThat(judging.words()).filteredOn(each -> each.endsWith("muted"))
        .containsExactly("raised 1 at 3 muted", "recovered 101 at 4 muted");
    assertThat(sent()).containsExactly("0 raised 5", "1 recovered 55", "2 raised 5");
  }

  @Test
  void an_end_that_is_sent_is_about_what_was_sent() {
    AlertRuleView rule = judging.below(10, 10);
    script.deposit(ONE, neuron(5)).deposit(TWO, neuron(5)).seal();
    round();
    mute(rule, Optional.of(Chain.blockTime(100)));
    script.deposit(ONE, neuron(50)).deposit(TWO, neuron(50)).seal();
    round();
    script.withdraw(ONE, neuron(50)).withdraw(TWO, neuron(50)).seal();
    round();
    script.deposit(ONE, neuron(50)).seal();
    round();
    mute(rule, Optional.empty());
    round();
    assertThat(story(ONE)).containsExactly("raised 1", "recovered raised 1");
    assertThat(story(TWO)).containsExactly("raised 1", "recovered raised 1", "raised 2");
    script.deposit(TWO, neuron(50)).seal();
    round();
    assertThat(story(TWO)).last().isEqualTo("recovered raised 2");
  }

  @Test
  void what_was_sent_and_withdrawn_while_muted_is_withdrawn_after_it() {
    AlertRuleView rule = judging.below(10, 10);
    script.deposit(ONE, neuron(50)).seal();
    round();
    script.withdraw(ONE, neuron(45)).seal();
    round();
    mute(rule, Optional.of(Chain.blockTime(100)));
    script.retract(2).seal(2);
    round();
    script.withdraw(ONE, neuron(45)).seal();
    round();
    script.deposit(ONE, neuron(45)).seal();
    round();
    mute(rule, Optional.empty());
    round();
    assertThat(judging.words()).hasSize(4);
    assertThat(story(ONE)).containsExactly("raised 1", "withdrawn raised 1");
  }

  @Test
  void what_holds_again_by_a_fork_while_muted_is_sent_after_it() {
    AlertRuleView rule = judging.below(10, 10);
    script.deposit(ONE, neuron(5)).seal();
    round();
    script.deposit(ONE, neuron(50)).seal();
    round();
    mute(rule, Optional.of(Chain.blockTime(100)));
    script.retract(2).seal(2);
    round();
    mute(rule, Optional.empty());
    round();
    assertThat(story(ONE)).containsExactly("raised 1", "recovered raised 1", "withdrawn recovered raised 1");
  }

  @Test
  void what_was_never_sent_is_not_withdrawn_from_those_who_never_saw_it() {
    AlertRuleView rule = judging.below(10, 10);
    script.deposit(ONE, neuron(50)).seal();
    round();
    mute(rule, Optional.of(Chain.blockTime(100)));
    script.withdraw(ONE, neuron(45)).seal();
    round();
    script.deposit(ONE, neuron(50)).seal();
    round();
    mute(rule, Optional.empty());
    round();
    script.retract(3).seal(2);
    round();
    assertThat(story(ONE)).as("its recovery was taken back").containsExactly("raised 1");
    script.retract(2).seal(4);
    round();
    assertThat(story(ONE)).containsExactly("raised 1", "withdrawn raised 1");
  }

  @Test
  void a_recovery_that_is_taken_back_after_its_rule_was_switched_off_leaves_nothing_that_holds() {
    AlertRuleView rule = judging.below(10, 10);
    script.deposit(ONE, neuron(5)).seal();
    round();
    script.deposit(ONE, neuron(50)).seal();
    round();
    judging.judge.end(rule.id(), judging.fixture().db());
    judging.rules.change(rule.id(), false, Optional.empty(), judging.fixture().db());
    script.retract(2).seal(2);
    round();
    assertThat(judging.words()).hasSize(4).last().isEqualTo("recovered by rule");
    assertThat(story(ONE)).containsExactly("raised 1", "recovered raised 1", "withdrawn recovered raised 1",
        "recovered raised 1");
    assertThat(judging.alerts()).noneMatch(each -> each.active().orElse(false));
  }

  /** What was sent about an owner, with what it is about; what was raised is counted, also what was not sent. */
  private List<String> story(WalletAddress owner) {
    Map<UUID, String> names = new HashMap<>();
    AtomicInteger raised = new AtomicInteger();
    judging.alerts().stream().filter(each -> each.owner().equals(Optional.of(owner)))
        .forEach(each -> names.put(each.id(), each.type().stored().replace("alert-", "").replace(".v1", " ")
            + each.about().map(names::get).orElseGet(() -> String.valueOf(raised.incrementAndGet()))));
    return judging.store().unpublished(MANY, judging.fixture().db()).stream()
        .map(each -> UUID.fromString(each.content().orElseThrow().path("id").asString())).filter(names::containsKey)
        .map(names::get).toList();
  }

  private void mute(AlertRuleView rule, Optional<Instant> until) {
    judging.rules.change(rule.id(), true, until, judging.fixture().db());
  }

  /** In the order of their numbers, whatever was published. */
  private List<String> sent() {
    return judging.store().unpublished(MANY, judging.fixture().db()).stream().map(each -> each.seq() + " "
        + each.type().replace("alert-", "").replace(".v1", "") + " "
        + each.content().orElseThrow().path("value").asString("")).sorted().toList();
  }

  @Test
  void a_rule_that_is_switched_off_recovers_and_is_judged_anew_when_it_is_switched_on() {
    AlertRuleView rule = judging.below(10, 10);
    script.deposit(ONE, neuron(5)).seal();
    round();
    judging.rules.change(rule.id(), false, Optional.empty(), judging.fixture().db());
    judging.judge.end(rule.id(), judging.fixture().db());
    round();
    judging.rules.change(rule.id(), true, Optional.empty(), judging.fixture().db());
    round();
    assertThat(judging.words()).containsExactly("raised 5 at 1", "recovered by rule", "raised 5 at 1");
  }

  @Test
  void two_instances_take_turns_and_raise_once() {
    judging.below(10, 10);
    script.deposit(ONE, neuron(5)).seal();
    judging.process(script);
    judging.fixture().reader().transaction(transaction -> {
      assertThat(judging.store().tryLock(transaction.dsl())).isTrue();
      judging.round();
    });
    assertThat(judging.words()).as("the other one has the turn").isEmpty();
    judging.judge(Judging.NEVER, MANY).round();
    judging.round();
    assertThat(judging.words()).containsExactly("raised 5 at 1");
  }

  @Test
  void a_rule_that_fails_or_cannot_be_read_ends_no_other() {
    judging.rule(AlertKind.BALANCE_BELOW, Optional.of("1e200000"), Optional.empty(), Optional.empty());
    judging.rule(AlertKind.PROVIDER_SILENT, Optional.empty(), Optional.empty(), Optional.of(Long.MAX_VALUE));
    AlertRuleView broken = judging.below(10, 10);
    judging.fixture().db().execute("UPDATE " + judging.fixture().beside()
        + ".alert_rule SET terms = '[]' WHERE rule = {0}", val(broken.id()));
    judging.below(10, 10);
    script.deposit(ONE, neuron(5)).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 5 at 1");
    script.deposit(ONE, neuron(5)).seal();
    round();
    assertThat(judging.words()).containsExactly("raised 5 at 1", "recovered 10 at 2");
  }

  /** By a version that knows more kinds. */
  @Test
  void an_alert_that_cannot_be_read_hinders_no_other_and_ends_with_its_rule_without_a_message() {
    AlertRuleView rule = judging.below(10, 10);
    script.deposit(ONE, neuron(5)).deposit(TWO, neuron(5)).seal();
    round();
    String alerts = judging.fixture().beside() + ".alert";
    UUID broken = judging.alerts().stream().filter(each -> each.owner().equals(Optional.of(ONE))).findFirst()
        .orElseThrow().id();
    judging.fixture().db().execute("UPDATE " + alerts + " SET content = replace(content, 'balance-below', 'of-later')"
        + " WHERE alert = {0}", val(broken));
    script.deposit(ONE, neuron(1)).deposit(TWO, neuron(50)).seal();
    round();
    assertThat(judging.words()).as("of two; one is not raised again").containsExactly("raised 5 at 1",
        "recovered 55 at 2");
    script.retract(1).deposit(TWO, neuron(5)).seal(2);
    round();
    assertThat(judging.words()).as("a fork takes back the others").containsExactly("raised 5 at 1",
        "recovered 55 at 2", "withdrawn at 2", "withdrawn at 2", "raised 5 at 2");
    judging.judge.end(rule.id(), judging.fixture().db());
    assertThat(judging.words()).last().isEqualTo("recovered by rule");
    assertThat(judging.store().active(judging.fixture().db())).isZero();
    assertThat(judging.store().unpublished(MANY, judging.fixture().db())).as("all but the end of what is not readable")
        .hasSize(7);
  }

  /** Sets the terms of a rule, and returns those before. */
  private String terms(AlertRuleView rule, String terms) {
    String rules = judging.fixture().beside() + ".alert_rule";
    String before = judging.fixture().db().fetchSingle("SELECT terms::text FROM " + rules + " WHERE rule = {0}",
        val(rule.id())).get(0, String.class);
    judging.fixture().db().execute("UPDATE " + rules + " SET terms = {1}::jsonb WHERE rule = {0}", val(rule.id()),
        val(terms));
    return before;
  }

  @Test
  void a_muted_rule_that_cannot_be_read_stays_muted() {
    AlertRuleView rule = judging.below(10, 10);
    mute(rule, Optional.of(Chain.blockTime(100)));
    script.deposit(ONE, neuron(5)).seal();
    round();
    String readable = terms(rule, "[]");
    round();
    assertThat(sent()).isEmpty();
    terms(rule, readable);
    round();
    assertThat(sent()).as("it is still muted").isEmpty();
    mute(rule, Optional.empty());
    round();
    assertThat(sent()).containsExactly("0 raised 5");
  }

  @Test
  void what_holds_again_by_a_fork_is_not_ended_because_its_rule_cannot_be_read() {
    AlertRuleView rule = judging.below(10, 10);
    script.deposit(ONE, neuron(5)).seal();
    round();
    script.deposit(ONE, neuron(50)).seal();
    round();
    terms(rule, "[]");
    script.retract(2).seal(2);
    round();
    assertThat(story(ONE)).containsExactly("raised 1", "recovered raised 1", "withdrawn recovered raised 1");
    assertThat(judging.store().active(judging.fixture().db())).isEqualTo(1);
  }

  /** Each look at the clock takes a second: whoever changes a rule waits for one more rule, and not for all. */
  @Test
  void rules_that_take_long_are_judged_in_turns_and_others_have_theirs_between() {
    for (int i = 0; i < 3; i++) {
      judging.below(10, 10);
    }
    script.deposit(ONE, neuron(5)).seal();
    judging.process(script);
    List<Long> recorded = new ArrayList<>();
    Clock slow = new Clock() {
      @Override
      public Instant instant() {
        recorded.add(judging.fixture().reader().transactionResult(transaction ->
            judging.store().active(transaction.dsl())));
        judging.clock.pass(Duration.ofSeconds(1));
        return judging.clock.instant();
      }

      @Override
      public ZoneId getZone() {
        return judging.clock.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return judging.clock.withZone(zone);
      }
    };
    judging.judge(Judging.NEVER, MANY, judging.fixture().following(), slow).round();
    assertThat(judging.words()).hasSize(3);
    assertThat(recorded).as("what others see meanwhile").contains(1L, 2L);
  }

  @Test
  void a_subject_may_be_longer_than_a_row_of_an_index() {
    AlertRuleView rule = judging.below(10, 10);
    String subject = IntStream.range(0, MANY).mapToObj(_ -> UUID.randomUUID().toString())
        .collect(Collectors.joining());
    Recording recording = new Recording(judging.store(), judging.clock.instant(), judging.fixture().db());
    recording.add(new AlertView(UUID.randomUUID(), AlertType.RAISED, rule.id(), rule.kind(), Optional.of(ONE),
        Optional.empty(), Optional.empty(), Optional.of(subject), Optional.empty(), Optional.empty(),
        AlertView.By.BLOCK, Optional.empty(), recording.now(), Optional.empty(), Optional.empty(), Optional.empty(),
        Optional.empty()), false);
    recording.write();
    assertThat(judging.alerts()).extracting(AlertView::subject).containsExactly(Optional.of(subject));
  }

  @Test
  void a_rule_raises_so_many_and_no_more() {
    int most = 3;
    try (Judging few = new Judging(1, Judging.NEVER, most)) {
      few.below(10, 10);
      AccountEventScript poor = AccountEventScript.started(0, 1);
      for (int i = 1; i <= most + 1; i++) {
        poor.deposit(Wallets.wallet(i), neuron(i));
      }
      few.process(poor.seal());
      few.round();
      assertThat(few.words()).hasSize(most);
      few.process(poor.deposit(Wallets.wallet(1), neuron(100)).seal());
      few.judge(Judging.NEVER, most).round();
      few.judge(Judging.NEVER, most).round();
      assertThat(few.words()).hasSize(most + 2).last().asString().startsWith("raised");
    }
  }
}
