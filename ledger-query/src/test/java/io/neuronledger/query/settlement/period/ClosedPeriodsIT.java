package io.neuronledger.query.settlement.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyKind;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyView;
import io.neuronledger.contracts.view.period.FrozenReportAnswer;
import io.neuronledger.contracts.view.period.PeriodState;
import io.neuronledger.contracts.view.settlement.PeriodAdjustment;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.SealWatch;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.discrepancy.DiscrepancyFilter;
import io.neuronledger.query.discrepancy.DiscrepancyQueries;
import io.neuronledger.query.discrepancy.SettlementIntervals;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.settlement.matching.History;
import io.neuronledger.query.settlement.period.kept.FrozenReports;
import io.neuronledger.testkit.servers.ManualClock;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.DSLContext;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Months that are closed while usage, corrections and forks go on: on the first of three months and the next ones. */
class ClosedPeriodsIT {
  private static final List<SubAccountId> METERS = List.of(meter(1, 7, "a"), meter(2, 7, "a"), meter(2, 7, "b"),
      meter(1, 8, "a"));
  private static final AccountingPeriod JANUARY = AccountingPeriod.of(Chain.GENESIS);
  private static final AccountingPeriod FEBRUARY = JANUARY.next();
  private static final AccountingPeriod MARCH = FEBRUARY.next();
  private static final int KEPT_MAX = 3;
  private static final JsonMapper ANSWERS = new AnswerJson(QueryFixture.JSON).in(AnswerUnit.NEURON);

  private final QueryFixture fixture = new QueryFixture(1);
  private final History history = new History(0, 1, "a", "b");
  private int processed;
  private int requests;
  private final Reporting reporting = new Reporting(fixture.globalReads(), fixture.db(), fixture.db(), fixture.beside(),
      QueryFixture.JSON, ANSWERS, KEPT_MAX, Clock.systemUTC());

  private static SubAccountId meter(int owner, int provider, String service) {
    return new SubAccountId(Wallets.wallet(owner), Wallets.wallet(provider), ServiceName.of(service));
  }

  @BeforeEach
  void begin() {
    history.seal();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Late reports, corrections and forks between three closings; the seed makes the history. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void what_is_closed_and_its_adjustments_are_what_the_ledger_holds(long seed) {
    Random random = new Random(seed);
    List<byte[]> closed = new ArrayList<>();
    List<FrozenReport> reports = new ArrayList<>();
    for (AccountingPeriod period : List.of(JANUARY, FEBRUARY, MARCH)) {
      move(random, period, 40);
      sealUntil(period.until());
      publish();
      FrozenReportAnswer frozen = freeze(period);
      assertThat(answer(period)).as("what is known when it is frozen").isEqualTo(accounts(bytes(frozen)));
      move(random, period, 5);
      publish();
      close(period, frozen.report());
      closed.add(bytes(frozen));
      reports.add(frozen.report());
      if (random.nextBoolean()) {
        history.retract(1 + random.nextInt(3));
        history.seal();
      }
      move(random, period, 20);
      publish();
    }
    for (int i = 0; i < closed.size(); i++) {
      AccountingPeriod period = List.of(JANUARY, FEBRUARY, MARCH).get(i);
      assertThat(json(period)).as(period.toString()).isEqualTo(closed.get(i));
      assertThat(freeze(period).report()).as("made again").isEqualTo(reports.get(i));
    }
    AccountingPeriod april = MARCH.next();
    assertThat(closings(april)).isEqualTo(foldedUntil(april));
    assertThat(HexFormat.of().formatHex(ReportHash.digest().digest(closed.getLast())))
        .isEqualTo(reports.getLast().hash().value());

    losesTheKeptReports();
    assertRefused(april, ProblemCode.PERIOD_REPORT_NOT_KEPT);
    for (int i = 0; i < closed.size(); i++) {
      AccountingPeriod period = List.of(JANUARY, FEBRUARY, MARCH).get(i);
      assertThat(bytes(freeze(period))).as("a new database").isEqualTo(closed.get(i));
    }
    assertThat(closings(april)).isEqualTo(foldedUntil(april));
  }

  @Test
  void a_late_report_a_correction_and_a_fork_are_one_adjustment_each() {
    SubAccountId late = METERS.get(0);
    SubAccountId corrected = METERS.get(1);
    SubAccountId forked = METERS.get(3);
    report(late, JANUARY, 10);
    report(corrected, JANUARY, 20);
    report(forked, JANUARY, 30);
    sealUntil(JANUARY.until().minusSeconds(1_800));
    history.settle(forked, 30, 0);
    sealUntil(JANUARY.until());
    publish();
    FrozenReportAnswer january = freeze(JANUARY);
    close(JANUARY, january.report());
    byte[] bytes = json(JANUARY);

    report(late, JANUARY, 1);
    history.reverse(corrected, 0);
    history.retract(20);
    sealUntil(FEBRUARY.until());
    publish();

    List<PeriodAdjustment> adjustments = adjustments(FEBRUARY);
    assertThat(adjustments).extracting(PeriodAdjustment::period).containsOnly(JANUARY);
    assertThat(adjustments).extracting(PeriodAdjustment::used).map(NeuronSum::toString)
        .containsExactly("1", "-20", "0");
    assertThat(adjustments).extracting(PeriodAdjustment::settled).map(NeuronSum::toString)
        .containsExactly("0", "0", "-30");
    assertThat(json(JANUARY)).isEqualTo(bytes);

    close(FEBRUARY, freeze(FEBRUARY).report());
    assertThat(adjustments(MARCH)).as("each is in one report").isEmpty();
    assertThat(json(JANUARY)).isEqualTo(bytes);
  }

  /** A report with unit prices in place of one without them changes this part alone. */
  @Test
  void an_adjustment_names_what_was_charged_without_unit_prices() {
    history.report(METERS.get(0), charge("first", JANUARY.from(), 20));
    history.report(METERS.get(3), Meters.line("second", JANUARY.from(), 30));
    sealUntil(JANUARY.until());
    publish();
    assertThat(rows(JANUARY, false)).extracting(PeriodRow::unverifiedUsed).map(NeuronSum::toString)
        .containsExactly("20", "0");
    close(JANUARY, freeze(JANUARY).report());

    history.reverse(METERS.get(0), 0);
    history.report(METERS.get(0), Meters.line("first-b", JANUARY.from(), 20));
    history.report(METERS.get(3), charge("late", JANUARY.from(), 5));
    sealUntil(FEBRUARY.until());
    publish();
    assertThat(adjustments(FEBRUARY)).extracting(PeriodAdjustment::used).map(NeuronSum::toString)
        .containsExactly("0", "5");
    assertThat(adjustments(FEBRUARY)).extracting(PeriodAdjustment::unverifiedUsed).map(NeuronSum::toString)
        .containsExactly("-20", "5");
    FrozenReportAnswer february = freeze(FEBRUARY);
    byte[] bytes = bytes(february);
    close(FEBRUARY, february.report());
    assertThat(adjustments(MARCH)).as("each is in one report").isEmpty();

    losesTheKeptReports();
    freeze(JANUARY);
    assertThat(bytes(freeze(FEBRUARY))).as("made again").isEqualTo(bytes);
  }

  /** Between the two closings as after the second one: a late report, a correction and a fork. */
  @Test
  void a_month_that_is_closed_twice_has_identical_bytes_and_one_adjustment_each() {
    SubAccountId late = METERS.get(0);
    SubAccountId corrected = METERS.get(1);
    SubAccountId forked = METERS.get(3);
    report(late, JANUARY, 10);
    report(corrected, JANUARY, 20);
    report(corrected, JANUARY, 21);
    report(corrected, JANUARY, 22);
    report(forked, JANUARY, 30);
    sealUntil(JANUARY.until().minusSeconds(1_800));
    history.settle(forked, 30, 0);
    sealUntil(JANUARY.until());
    publish();
    FrozenReportAnswer first = freeze(JANUARY);
    byte[] closedFirst = bytes(first);
    close(JANUARY, first.report());

    report(late, JANUARY, 1);
    history.reverse(corrected, 0);
    history.retract(20);
    sealUntil(JANUARY.until().minusSeconds(1_200));
    history.settle(forked, 29, 0);
    sealUntil(JANUARY.until());
    publish();
    assertThat(json(JANUARY)).as("until it is reopened").isEqualTo(closedFirst);
    decide(new AccountEvent.PeriodReopeningProposed(JANUARY, first.report().hash(), "late", "ann", Chain.GENESIS));
    decide(new AccountEvent.PeriodReopened(JANUARY, first.report().hash(), "late", "ann", "ben", Chain.GENESIS));
    FrozenReportAnswer second = freeze(JANUARY);
    byte[] closedSecond = bytes(second);
    assertThat(second.report().hash()).isNotEqualTo(first.report().hash());
    close(JANUARY, second.report());
    assertThat(used(JANUARY, late.provider())).isEqualTo("54");

    report(late, JANUARY, 2);
    history.reverse(corrected, 0);
    history.retract(20);
    sealUntil(FEBRUARY.until());
    publish();
    assertThat(json(JANUARY)).isEqualTo(closedSecond);
    assertOneAdjustmentEach();

    losesTheKeptReports();
    assertThat(bytes(freeze(JANUARY))).as("made again").isEqualTo(closedSecond);
    assertThat(json(JANUARY)).isEqualTo(closedSecond);
    assertOneAdjustmentEach();
    close(FEBRUARY, freeze(FEBRUARY).report());
    assertThat(adjustments(MARCH)).as("each is in one report").isEmpty();
    assertThat(closings(MARCH)).isEqualTo(foldedUntil(MARCH));
  }

  private void assertOneAdjustmentEach() {
    List<PeriodAdjustment> adjustments = adjustments(FEBRUARY);
    assertThat(adjustments).extracting(PeriodAdjustment::period).containsOnly(JANUARY);
    assertThat(adjustments).extracting(PeriodAdjustment::used).map(NeuronSum::toString)
        .containsExactly("2", "-21", "0");
    assertThat(adjustments).extracting(PeriodAdjustment::settled).map(NeuronSum::toString)
        .containsExactly("0", "0", "-29");
  }

  /**
   * Freezing reads all of one snapshot: while records come in, and the chain forks, the positions of a report are those
   * of its sums, so that it is made again from them.
   */
  @Test
  void a_month_is_closed_while_usage_streams_in_and_the_chain_forks() throws Exception {
    Random random = new Random(6);
    move(random, JANUARY, 40);
    sealUntil(JANUARY.until().plusSeconds(50 * Chain.SECONDS_PER_BLOCK));
    publish();
    BlockingQueue<AccountEvent.PeriodEvent> decisions = new LinkedBlockingQueue<>();
    AtomicBoolean isStreaming = new AtomicBoolean(true);
    AtomicInteger streamed = new AtomicInteger();
    Thread stream = Thread.ofPlatform().start(() -> {
      while (isStreaming.get()) {
        move(random, random.nextBoolean() ? JANUARY : FEBRUARY, 5);
        Optional.ofNullable(decisions.poll()).ifPresent(history::add);
        publish();
        streamed.incrementAndGet();
      }
    });
    Reporting beside = reporting(snapshots(), fixture.reader(), Clock.systemUTC(), 1_000);
    Set<FrozenReportAnswer> frozen = new LinkedHashSet<>();
    try {
      while (frozen.size() < 10) {
        frozen.add(beside.freeze(JANUARY, "ann", QueryFixture.NOW));
      }
      FrozenReport chosen = List.copyOf(frozen).getLast().report();
      decisions.add(new AccountEvent.PeriodClosingProposed(JANUARY, chosen, "ann", PartitionStream.RECORDED_AT));
      decisions.add(new AccountEvent.PeriodClosed(JANUARY, chosen, "ann", "ben", PartitionStream.RECORDED_AT));
      await().atMost(Duration.ofMinutes(1)).until(() -> beside.conditions().containsKey(JANUARY));
      int closedAt = streamed.get();
      await().atMost(Duration.ofMinutes(1)).until(() -> streamed.get() > closedAt + 20);
    } finally {
      isStreaming.set(false);
      stream.join();
    }
    assertThat(frozen.stream().map(each -> each.report().positions()).distinct().count()).isGreaterThan(5);
    assertThat(json(JANUARY)).isEqualTo(bytes(List.copyOf(frozen).getLast()));
    assertThat(adjustments(FEBRUARY)).extracting(PeriodAdjustment::period).containsOnly(JANUARY);
    Map<FrozenReport, byte[]> bytes = new LinkedHashMap<>();
    frozen.forEach(each -> bytes.put(each.report(), bytes(each)));
    for (Map.Entry<FrozenReport, byte[]> each : bytes.entrySet()) {
      losesTheKeptReports();
      close(JANUARY, each.getKey());
      assertThat(bytes(freeze(JANUARY))).as("made again").isEqualTo(each.getValue());
      assertThat(closings(FEBRUARY)).isEqualTo(foldedUntil(FEBRUARY));
    }
  }

  /** Questions as the service asks them: each in one snapshot. */
  private GlobalReads snapshots() {
    DSLContext reader = fixture.reader();
    reader.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    return new GlobalReads(reader, fixture.partitions(), new SealWatch(reader), fixture.following());
  }

  /** What comes in once a report is being made is in neither of them. */
  @Test
  void the_positions_of_a_report_are_those_of_its_sums() {
    report(METERS.get(0), JANUARY, 10);
    sealUntil(JANUARY.until());
    publish();
    AtomicInteger begun = new AtomicInteger();
    DSLContext writer = counting(() -> {
      if (begun.getAndIncrement() == 0) {
        report(METERS.get(0), JANUARY, 5);
        publish();
      }
    });
    FrozenReportAnswer frozen =
        reporting(snapshots(), writer, Clock.systemUTC(), KEPT_MAX).freeze(JANUARY, "ann", QueryFixture.NOW);
    byte[] bytes = bytes(frozen);
    close(JANUARY, frozen.report());
    assertThat(used(JANUARY)).isEqualTo("10");
    losesTheKeptReports();
    assertThat(bytes(freeze(JANUARY))).as("made again").isEqualTo(bytes);
  }

  @Test
  void lost_reports_are_made_again_by_themselves_in_order() {
    List<AccountingPeriod> closed = List.of(JANUARY, FEBRUARY, MARCH);
    List<byte[]> bytes = new ArrayList<>();
    for (AccountingPeriod period : closed) {
      report(METERS.get(0), period, 10);
      report(METERS.get(1), JANUARY, 1);
      sealUntil(period.until());
      publish();
      FrozenReportAnswer frozen = freeze(period);
      close(period, frozen.report());
      bytes.add(json(period));
    }
    ReportKeeper keeper = keeper(reporting, Clock.systemUTC());
    keeper.round();
    assertThat(frozenBy()).as("nothing is lost").containsOnly("ann");
    losesTheKeptReports();
    keeper.round();
    assertThat(frozenBy()).containsOnly(ReportKeeper.SERVICE).hasSize(3);
    for (int i = 0; i < closed.size(); i++) {
      assertThat(json(closed.get(i))).isEqualTo(bytes.get(i));
    }
    keeper.close();
  }

  @Test
  void a_report_that_differs_is_found_by_itself_and_is_made_again_each_hour() {
    ManualClock clock = new ManualClock();
    Reporting timed = reporting(fixture.globalReads(), fixture.db(), clock, KEPT_MAX);
    ReportKeeper keeper = keeper(timed, clock);
    List<FrozenReport> reports = new ArrayList<>();
    for (AccountingPeriod period : List.of(JANUARY, FEBRUARY)) {
      report(METERS.get(0), period, 10);
      sealUntil(period.until());
      publish();
      reports.add(timed.freeze(period, "ann", QueryFixture.NOW).report());
      close(period, reports.getLast());
    }
    byte[] january = json(JANUARY);
    losesTheKeptReports();
    fixture.owner().execute("UPDATE usage_request SET fee = fee + 1");
    keeper.round();
    assertThat(condition(timed, JANUARY, reports)).isEqualTo(differs(clock.instant()));
    assertThat(condition(timed, FEBRUARY, reports)).as("waits for the one before")
        .isEqualTo(new Reporting.Condition(false, Optional.empty()));
    Instant found = clock.instant();

    fixture.owner().execute("UPDATE usage_request SET fee = fee - 1");
    clock.pass(ReportKeeper.AGAIN_AFTER.minusMillis(1));
    keeper.round();
    assertThat(condition(timed, JANUARY, reports)).as("not yet").isEqualTo(differs(found));
    clock.pass(Duration.ofMillis(1));
    keeper.round();
    for (AccountingPeriod period : List.of(JANUARY, FEBRUARY)) {
      assertThat(condition(timed, period, reports)).isEqualTo(new Reporting.Condition(true, Optional.empty()));
    }
    assertThat(json(JANUARY)).isEqualTo(january);
    keeper.close();
  }

  private static Reporting.Condition condition(Reporting asked, AccountingPeriod period, List<FrozenReport> reports) {
    return asked.condition(period, reports.get(period.equals(JANUARY) ? 0 : 1));
  }

  private static Reporting.Condition differs(Instant at) {
    return new Reporting.Condition(false, Optional.of(at));
  }

  private List<String> frozenBy() {
    return fixture.globalReads().now(db -> reporting.kept().all(db)).stream()
        .map(each -> each.answer().frozenBy()).toList();
  }

  private static ReportKeeper keeper(Reporting reporting, Clock clock) {
    return new ReportKeeper(reporting, new SimpleMeterRegistry(), clock);
  }

  @Test
  void a_report_is_frozen_in_order_and_of_a_whole_period() {
    report(METERS.get(0), JANUARY, 10);
    sealUntil(JANUARY.until().minusSeconds(Chain.SECONDS_PER_BLOCK));
    publish();
    assertRefused(() -> freeze(JANUARY), ProblemCode.PERIOD_NOT_OVER);
    sealUntil(JANUARY.until());
    publish();
    FrozenReportAnswer first = freeze(JANUARY);
    assertThat(freeze(JANUARY)).as("the same bytes").isEqualTo(first);
    report(METERS.get(0), JANUARY, 10);
    publish();
    assertThat(freeze(JANUARY).report().hash()).isNotEqualTo(first.report().hash());

    close(JANUARY, first.report());
    sealUntil(MARCH.until());
    publish();
    assertRefused(() -> freeze(MARCH), ProblemCode.PERIOD_OUT_OF_ORDER);
    FrozenReportAnswer february = freeze(FEBRUARY);
    assertThat(february.report().previous()).contains(first.report().hash());
  }

  /** The kept bytes are those of the whole month, and its adjustments are in the report of the next one. */
  @Test
  void other_days_and_later_months_say_what_is_known_now() {
    report(METERS.get(0), JANUARY, 10);
    sealUntil(JANUARY.until());
    publish();
    close(JANUARY, freeze(JANUARY).report());
    report(METERS.get(0), JANUARY, 5);
    publish();
    assertThat(used(JANUARY)).isEqualTo("10");
    assertThat(used(new Period(Optional.of(JANUARY.firstDay()), Optional.of(JANUARY.lastDay().minusDays(1)))))
        .isEqualTo("15");
    assertThat(used(new Period(Optional.of(JANUARY.firstDay().minusDays(1)), Optional.of(JANUARY.lastDay()))))
        .isEqualTo("15");
    assertThat(used(new Period(Optional.of(JANUARY.firstDay().plusDays(1)), Optional.of(JANUARY.lastDay()))))
        .isEqualTo("0");
    assertThat(adjustments(FEBRUARY)).hasSize(1);
    assertThat(adjustments(MARCH)).as("what is not the next one").isEmpty();
    assertThat(rows(MARCH, false).getFirst().opening()).isEqualTo(NeuronSum.parse("15"));
  }

  private String used(Period days) {
    PeriodFilter filter = new PeriodFilter(Set.of(), days, false);
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> {
      List<PeriodRow> rows = new ArrayList<>();
      reporting.content(filter, asOf, db).rows().accept(rows::add);
      return rows.getFirst().used().toString();
    });
  }

  /** Also where a report is made again from its positions. */
  @Test
  void midnight_belongs_to_the_month_that_begins() {
    history.report(METERS.get(0), Meters.line("last", JANUARY.until().minusNanos(1_000), 30));
    history.report(METERS.get(3), Meters.line("first", JANUARY.until(), 400));
    while (Chain.blockTime(history.block()).isBefore(JANUARY.until())) {
      history.seal();
    }
    assertThat(Chain.blockTime(history.block())).isEqualTo(JANUARY.until());
    history.settle(METERS.get(1), 7, 0);
    history.seal();
    publish();
    assertUsedAndSettled(JANUARY, "30 0");
    assertUsedAndSettled(FEBRUARY, "0 0", "0 7", "400 0");
    FrozenReportAnswer frozen = freeze(JANUARY);
    byte[] bytes = bytes(frozen);
    close(JANUARY, frozen.report());
    losesTheKeptReports();
    assertThat(bytes(freeze(JANUARY))).as("made again").isEqualTo(bytes);
    assertUsedAndSettled(JANUARY, "30 0");
    assertUsedAndSettled(FEBRUARY, "0 0", "0 7", "400 0");
    assertThat(adjustments(FEBRUARY)).isEmpty();
  }

  private void assertUsedAndSettled(AccountingPeriod period, String... bySubAccount) {
    assertThat(rows(period, true)).extracting(row -> row.used() + " " + row.settled()).containsExactly(bySubAccount);
  }

  /** An adjustment is there as soon as one of its numbers is not zero. */
  @Test
  void an_adjustment_may_be_of_one_number_alone() {
    SubAccountId free = METERS.get(0);
    SubAccountId writtenOff = METERS.get(1);
    SubAccountId settled = METERS.get(3);
    report(free, JANUARY, 10);
    report(writtenOff, JANUARY, 30);
    report(settled, JANUARY, 40);
    sealUntil(JANUARY.until().minusSeconds(1_800));
    history.settle(writtenOff, 20, 1);
    sealUntil(JANUARY.until());
    publish();
    close(JANUARY, freeze(JANUARY).report());

    report(free, JANUARY, 0);
    history.retract(20);
    sealUntil(JANUARY.until().minusSeconds(1_200));
    history.settle(writtenOff, 20, 3);
    history.settle(settled, 0, 0);
    sealUntil(JANUARY.until());
    publish();
    assertThat(adjustments(FEBRUARY)).extracting(each -> each.used() + " " + each.settled() + " " + each.writtenOff()
        + " " + each.requests() + " " + each.settlements())
        .containsExactly("0 0 0 1 0", "0 0 2 0 0", "0 0 0 0 1");
  }

  @Test
  void a_proposal_that_is_revoked_waits_no_more() {
    report(METERS.get(0), JANUARY, 10);
    sealUntil(JANUARY.until());
    publish();
    FrozenReport frozen = freeze(JANUARY).report();
    decide(new AccountEvent.PeriodClosingProposed(JANUARY, frozen, "ann", Chain.GENESIS));
    assertThat(state(JANUARY)).isEqualTo(PeriodState.CLOSING_PROPOSED);
    decide(new AccountEvent.PeriodProposalRevoked(JANUARY, "a mistake", "ben", Chain.GENESIS));
    assertThat(state(JANUARY)).isEqualTo(PeriodState.OPEN);
    close(JANUARY, frozen);
    decide(new AccountEvent.PeriodReopeningProposed(JANUARY, frozen.hash(), "missing", "ann", Chain.GENESIS));
    decide(new AccountEvent.PeriodProposalRevoked(JANUARY, "nothing is", "ben", Chain.GENESIS));
    assertThat(state(JANUARY)).isEqualTo(PeriodState.CLOSED);
    assertThat(used(JANUARY)).isEqualTo("10");
  }

  @Test
  void a_report_is_found_under_its_own_month_alone() {
    sealUntil(FEBRUARY.until());
    publish();
    FrozenReportAnswer january = freeze(JANUARY);
    assertThat(found(JANUARY, january.report().hash())).isTrue();
    assertThat(found(FEBRUARY, january.report().hash())).isFalse();
  }

  private boolean found(AccountingPeriod period, ReportHash hash) {
    return fixture.globalReads().now(db -> reporting.kept().find(period, hash, db)).isPresent();
  }

  @Test
  void a_reopened_period_says_again_what_is_known() {
    report(METERS.get(0), JANUARY, 10);
    sealUntil(JANUARY.until());
    publish();
    FrozenReport first = freeze(JANUARY).report();
    close(JANUARY, first);
    report(METERS.get(0), JANUARY, 5);
    publish();
    assertThat(used(JANUARY)).isEqualTo("10");
    assertThat(state(JANUARY)).isEqualTo(PeriodState.CLOSED);

    decide(new AccountEvent.PeriodReopeningProposed(JANUARY, first.hash(), "missing", "ann", Chain.GENESIS));
    assertThat(used(JANUARY)).isEqualTo("10");
    assertThat(state(JANUARY)).isEqualTo(PeriodState.REOPENING_PROPOSED);
    decide(new AccountEvent.PeriodReopened(JANUARY, first.hash(), "missing", "ann", "ben", Chain.GENESIS));
    assertThat(used(JANUARY)).isEqualTo("15");
    assertThat(state(JANUARY)).isEqualTo(PeriodState.REOPENED);
    close(JANUARY, freeze(JANUARY).report());
    assertThat(used(JANUARY)).isEqualTo("15");
    assertThat(adjustments(FEBRUARY)).isEmpty();
  }

  @Test
  void a_request_that_was_set_apart_and_reversed_later_is_in_no_report_made_again() {
    SubAccountId unknown = meter(1, 7, "unknown");
    report(METERS.get(0), JANUARY, 10);
    report(unknown, JANUARY, 20);
    sealUntil(JANUARY.until());
    publish();
    FrozenReportAnswer frozen = freeze(JANUARY);
    byte[] bytes = bytes(frozen);
    close(JANUARY, frozen.report());
    assertThat(used(JANUARY)).isEqualTo("10");

    history.reverse(unknown, 0);
    history.reverse(METERS.get(0), 0);
    publish();
    losesTheKeptReports();
    assertThat(bytes(freeze(JANUARY))).isEqualTo(bytes);
    assertThat(used(JANUARY)).isEqualTo("10");
  }

  @Test
  void an_open_period_has_at_most_so_many_reports() {
    sealUntil(JANUARY.until());
    List<FrozenReportAnswer> kept = new ArrayList<>();
    for (int i = 0; i < KEPT_MAX; i++) {
      report(METERS.get(0), JANUARY, 10);
      publish();
      kept.add(freeze(JANUARY));
    }
    FrozenReportAnswer newest = kept.getLast();
    assertThat(freeze(JANUARY)).as("the same bytes").isEqualTo(newest);
    report(METERS.get(0), JANUARY, 10);
    publish();
    assertRefused(() -> freeze(JANUARY), ProblemCode.TOO_MANY_KEPT_REPORTS);
    close(JANUARY, newest.report());
    fixture.owner().execute("DELETE FROM " + fixture.beside() + ".period_report WHERE hash = ?",
        newest.report().hash().value());
    assertThat(reporting(fixture.globalReads(), fixture.db(), Clock.systemUTC(), 1)
        .freeze(JANUARY, "ann", QueryFixture.NOW).report()).as("made again, however many there may be")
        .isEqualTo(newest.report());
    sealUntil(FEBRUARY.until());
    publish();
    assertThat(freeze(FEBRUARY).period()).as("another period").isEqualTo(FEBRUARY);
  }

  @Test
  void who_waits_for_a_block_holds_no_connection_that_writes() {
    report(METERS.get(0), JANUARY, 10);
    sealUntil(JANUARY.until());
    publish();
    AtomicInteger begun = new AtomicInteger();
    DSLContext writer = counting(begun::incrementAndGet);
    BlockSelector unsealed = new BlockSelector(OptionalLong.empty(), Optional.empty(),
        OptionalLong.of(history.block()), false, Duration.ZERO);
    assertRefused(() -> reporting(writer).freeze(JANUARY, "ann", unsealed), ProblemCode.BLOCK_NOT_REACHED);
    assertThat(begun).hasValue(0);
    reporting(writer).freeze(JANUARY, "ann", QueryFixture.NOW);
    assertThat(begun).hasValue(1);
  }

  private Reporting reporting(DSLContext writer) {
    return reporting(fixture.globalReads(), writer, Clock.systemUTC(), KEPT_MAX);
  }

  private Reporting reporting(GlobalReads reads, DSLContext writer, Clock clock, int keptMax) {
    return new Reporting(reads, writer, writer, fixture.beside(), QueryFixture.JSON, ANSWERS, keptMax, clock);
  }

  /** Writes as the fixture does. */
  private DSLContext counting(Runnable begins) {
    TransactionProvider used = fixture.db().configuration().transactionProvider();
    return fixture.db().configuration().derive(new TransactionProvider() {
      @Override
      public void begin(TransactionContext context) {
        begins.run();
        used.begin(context);
      }

      @Override
      public void commit(TransactionContext context) {
        used.commit(context);
      }

      @Override
      public void rollback(TransactionContext context) {
        used.rollback(context);
      }
    }).dsl();
  }

  /** ledger-command cannot know what bytes a hash is of. */
  @Test
  void a_period_closed_by_something_else_than_its_report_has_none() {
    report(METERS.get(0), JANUARY, 10);
    sealUntil(JANUARY.until());
    publish();
    FrozenReport january = freeze(JANUARY).report();
    close(JANUARY, january);
    report(METERS.get(0), FEBRUARY, 10);
    sealUntil(FEBRUARY.until());
    publish();
    FrozenReport february = freeze(FEBRUARY).report();
    FrozenReport forged = new FrozenReport(february.hash(), february.previous(), february.block() + 1,
        february.blockHash(), february.blockTime(), february.finalized(), february.positions());
    for (FrozenReport wrong : List.of(january, forged)) {
      close(FEBRUARY, wrong);
      assertRefused(FEBRUARY, ProblemCode.PERIOD_REPORT_NOT_KEPT);
      assertRefused(MARCH, ProblemCode.PERIOD_REPORT_NOT_KEPT);
      assertRefused(() -> freeze(FEBRUARY), ProblemCode.PERIOD_REPORT_DIFFERS);
    }
    close(FEBRUARY, february);
    assertThat(used(FEBRUARY)).isEqualTo("10");
  }

  @Test
  void another_hash_from_the_same_positions_is_found() {
    report(METERS.get(0), JANUARY, 10);
    sealUntil(JANUARY.until());
    publish();
    FrozenReport frozen = freeze(JANUARY).report();
    close(JANUARY, frozen);
    fixture.owner().execute("UPDATE usage_request SET fee = fee + 1");
    assertRefused(() -> freeze(JANUARY), ProblemCode.PERIOD_REPORT_DIFFERS);
    assertThat(used(JANUARY)).isEqualTo("10");
    assertThat(reporting.condition(JANUARY, frozen).differedAt()).as("and kept as found").isPresent();
    fixture.owner().execute("UPDATE usage_request SET fee = fee - 1");
    assertThat(freeze(JANUARY).report()).isEqualTo(frozen);
    assertThat(reporting.condition(JANUARY, frozen)).isEqualTo(new Reporting.Condition(true, Optional.empty()));
  }

  /** It has the hash that was made last, and ends with the report. */
  @Test
  void what_differs_is_of_the_report_that_closes_the_month() {
    report(METERS.get(0), JANUARY, 10);
    sealUntil(JANUARY.until());
    publish();
    FrozenReport first = freeze(JANUARY).report();
    close(JANUARY, first);
    List<ReportHash> made = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      losesTheKeptReports();
      fixture.owner().execute("UPDATE usage_request SET fee = fee + 1");
      assertRefused(() -> freeze(JANUARY), ProblemCode.PERIOD_REPORT_DIFFERS);
      assertThat(differing()).singleElement().satisfies(each -> {
        assertThat(each.closedBy()).isEqualTo(first.hash());
        assertThat(made).doesNotContain(each.made());
        made.add(each.made());
      });
    }
    decide(new AccountEvent.PeriodReopeningProposed(JANUARY, first.hash(), "wrong", "ann", Chain.GENESIS));
    assertThat(differing()).as("still closed by it").hasSize(1);
    decide(new AccountEvent.PeriodReopened(JANUARY, first.hash(), "wrong", "ann", "ben", Chain.GENESIS));
    assertThat(differing()).isEmpty();
    FrozenReport second = freeze(JANUARY).report();
    close(JANUARY, second);
    assertThat(differing()).isEmpty();
    assertThat(reporting.condition(JANUARY, second)).isEqualTo(new Reporting.Condition(true, Optional.empty()));
  }

  private List<DiscrepancyView.ReportDifference> differing() {
    DiscrepancyFilter all = new DiscrepancyFilter(Set.of(), Optional.empty(), Set.of(),
        Set.of(DiscrepancyKind.PERIOD_REPORT_DIFFERS), Set.of());
    DiscrepancyQueries queries = new DiscrepancyQueries(new SettlementIntervals(Duration.ofDays(1), Map.of()));
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> queries.page(all, new Page(10, Optional.empty()), asOf, db)).discrepancies().stream()
        .map(each -> each.report().orElseThrow()).toList();
  }

  /** Each closing is of a report that names other positions than it was made from, so that its hash is wrong. */
  @Test
  void a_report_is_made_again_once_all_records_up_to_its_positions_are_read() {
    report(METERS.get(0), JANUARY, 10);
    sealUntil(JANUARY.until());
    publish();
    FrozenReport frozen = freeze(JANUARY).report();
    long afterClosing = frozen.positions().getFirst() + 2;
    close(JANUARY, at(frozen, afterClosing));
    assertRefused(() -> freeze(JANUARY), ProblemCode.PERIOD_REPORT_DIFFERS);
    close(JANUARY, at(frozen, afterClosing + 3));
    assertRefused(() -> freeze(JANUARY), ProblemCode.WRITE_NOT_REACHED);
    history.seal();
    publish();
    assertRefused(() -> freeze(JANUARY), ProblemCode.PERIOD_REPORT_DIFFERS);
    close(JANUARY, at(frozen, 1, 1));
    assertThatThrownBy(() -> freeze(JANUARY)).hasMessageContaining("a ledger with 2 partitions");
  }

  private static FrozenReport at(FrozenReport report, long... positions) {
    return new FrozenReport(report.hash(), report.previous(), report.block(), report.blockHash(), report.blockTime(),
        report.finalized(), LongStream.of(positions).boxed().toList());
  }

  private void move(Random random, AccountingPeriod newest, int steps) {
    for (int i = 0; i < steps; i++) {
      SubAccountId meter = METERS.get(random.nextInt(METERS.size()));
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          AccountingPeriod period = random.nextInt(3) == 0 ? JANUARY : newest;
          report(meter, period, random.nextInt(100));
        }
        case 3 -> history.reverse(meter, random.nextInt(7));
        case 4 -> history.settle(meter, random.nextInt(150), random.nextInt(3));
        default -> {
          history.seal();
          if (random.nextInt(4) == 0) {
            history.retract(1 + random.nextInt(4));
          }
        }
      }
    }
    history.seal();
  }

  private void report(SubAccountId meter, AccountingPeriod period, long fee) {
    Instant at = period.from().plusSeconds(3_600L * (requests % 600));
    String request = "r" + requests++;
    history.report(meter, requests % 4 == 0 ? charge(request, at, fee) : Meters.line(request, at, fee));
  }

  /** Without unit prices. */
  private static UsageLine charge(String request, Instant at, long fee) {
    return Meters.charge(request, at, "model-a", new Units.Unpriced(List.of()), Neuron.parse(String.valueOf(fee)),
        UsageSource.DIRECT, Optional.empty());
  }

  private void sealUntil(Instant time) {
    while (Chain.blockTime(history.block()).isBefore(time)) {
      history.seal();
    }
    history.seal();
  }

  private void publish() {
    List<AccountRecord> records = history.records();
    fixture.process(records.subList(processed, records.size()));
    processed = records.size();
  }

  private void decide(AccountEvent.PeriodEvent decision) {
    history.add(decision);
    publish();
  }

  private FrozenReportAnswer freeze(AccountingPeriod period) {
    return reporting.freeze(period, "ann", QueryFixture.NOW);
  }

  private void close(AccountingPeriod period, FrozenReport report) {
    decide(new AccountEvent.PeriodClosingProposed(period, report, "ann", PartitionStream.RECORDED_AT));
    decide(new AccountEvent.PeriodClosed(period, report, "ann", "ben", PartitionStream.RECORDED_AT));
  }

  private PeriodState state(AccountingPeriod period) {
    return fixture.globalReads().now(db -> reporting.books(db).state(period));
  }

  private static PeriodFilter whole(AccountingPeriod period, boolean bySubAccount) {
    return new PeriodFilter(Set.of(), new Period(Optional.of(period.firstDay()), Optional.of(period.lastDay())),
        bySubAccount);
  }

  private byte[] json(AccountingPeriod period) {
    PeriodFilter filter = whole(period, true);
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PeriodReport.json(filter, reporting.content(filter, asOf, db), out, ANSWERS);
      return out.toByteArray();
    });
  }

  private JsonNode answer(AccountingPeriod period) {
    return accounts(json(period));
  }

  /** What a report says of the accounts. */
  private static JsonNode accounts(byte[] report) {
    JsonNode read = ANSWERS.readTree(report);
    return ANSWERS.createObjectNode().setAll(Map.of(
        "rows", read.path("rows"), "adjustments", read.path("adjustments"), "checksum", read.path("checksum")));
  }

  private byte[] bytes(FrozenReportAnswer frozen) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fixture.globalReads().now(db -> {
      FrozenReports.Kept kept =
          reporting.kept().find(frozen.period(), frozen.report().hash(), db).orElseThrow();
      reporting.kept().read(kept.report(), db, out::writeBytes);
      return kept;
    });
    return out.toByteArray();
  }

  private List<PeriodRow> rows(AccountingPeriod period, boolean bySubAccount) {
    PeriodFilter filter = whole(period, bySubAccount);
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> {
      List<PeriodRow> rows = new ArrayList<>();
      reporting.content(filter, asOf, db).rows().accept(rows::add);
      return rows;
    });
  }

  private List<PeriodAdjustment> adjustments(AccountingPeriod period) {
    PeriodFilter filter = whole(period, true);
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> {
      List<PeriodAdjustment> adjustments = new ArrayList<>();
      reporting.content(filter, asOf, db).adjustments().accept(adjustments::add);
      return adjustments;
    });
  }

  private String used(AccountingPeriod period) {
    return rows(period, false).getFirst().used().toString();
  }

  private String used(AccountingPeriod period, WalletAddress provider) {
    return rows(period, false).stream().filter(row -> row.provider().equals(provider)).findFirst().orElseThrow()
        .used().toString();
  }

  private List<String> closings(AccountingPeriod period) {
    return rows(period, true).stream()
        .map(row -> row.provider() + " " + row.owner() + " " + row.service() + " " + row.closing()).toList();
  }

  /** All that the ledger holds until the end of the period, as a report over all days adds it up. */
  private List<String> foldedUntil(AccountingPeriod period) {
    PeriodFilter filter =
        new PeriodFilter(Set.of(), new Period(Optional.empty(), Optional.of(period.lastDay())), true);
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> {
      List<PeriodRow> rows = new ArrayList<>();
      new PeriodQueries().each(filter, asOf, db, rows::add);
      return rows.stream()
          .map(row -> row.provider() + " " + row.owner() + " " + row.service() + " " + row.closing()).toList();
    });
  }

  private void losesTheKeptReports() {
    QueryFixture.KEPT.forEach(table -> fixture.owner().execute("TRUNCATE " + fixture.beside() + "." + table));
  }

  private void assertRefused(AccountingPeriod period, ProblemCode code) {
    assertRefused(() -> json(period), code);
  }

  private static void assertRefused(ThrowingCallable asked, ProblemCode code) {
    assertThatThrownBy(asked).isInstanceOfSatisfying(Refusal.class,
        refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

}
