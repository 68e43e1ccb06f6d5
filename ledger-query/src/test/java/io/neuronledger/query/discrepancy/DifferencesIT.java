package io.neuronledger.query.discrepancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.discrepancy.DiscrepanciesPage;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyView;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.settlement.matching.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks are ten minutes apart; the settlement interval is ten minutes, for one provider an hour. */
class DifferencesIT {
  private static final SubAccountId ONE = meter(7, "a");
  private static final SubAccountId PATIENT = meter(8, "a b/c");
  private static final DiscrepancyFilter ALL =
      new DiscrepancyFilter(Set.of(), Optional.empty(), Set.of(), Set.of(), Set.of());

  private final QueryFixture fixture = new QueryFixture(1);
  private final History history = new History(0, 1, "a", "a b/c");
  private int processed;

  private static SubAccountId meter(int provider, String service) {
    return new SubAccountId(Wallets.wallet(1), Wallets.wallet(provider), ServiceName.of(service));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_settlement_that_ends_inside_a_request_is_a_difference_until_a_late_report_closes_it() {
    history.report(ONE, Meters.line("r-2", Chain.blockTime(1), 30)).settle(ONE, 10, 0).seal();

    DiscrepancyView boundary = differences().getFirst();
    assertThat(boundary.key()).hasToString("settlement-boundary:1-0-0-0:" + ONE);
    assertThat(boundary.amount()).hasValue(NeuronSum.parse("10"));
    assertThat(boundary.since()).isEqualTo(Chain.blockTime(1));

    history.report(ONE, Meters.line("r-1", Chain.blockTime(0), 10));
    assertThat(differences()).isEmpty();
  }

  @Test
  void an_amount_settled_beyond_all_reports_is_a_difference_of_each_settlement() {
    history.report(ONE, Meters.line("r-1", Chain.blockTime(0), 10)).settle(ONE, 12, 0).settle(ONE, 5, 1).seal();

    assertThat(differences()).extracting(each -> each.kind().word() + " " + each.amount().orElseThrow())
        .containsExactly("settlement-unreported 2", "settlement-unreported 6");
  }

  /** Usage is overdue after the interval, not at its exact end. */
  @Test
  void usage_is_overdue_a_microsecond_after_the_providers_interval() {
    Instant atBlock3 = Chain.blockTime(3).minus(Duration.ofMinutes(10));
    history.seal().seal()
        .report(ONE, Meters.line("r-1", atBlock3, 10))
        .report(PATIENT, Meters.line("r-2", atBlock3, 10)).seal();
    assertThat(differences()).isEmpty();

    history.report(ONE, Meters.line("r-0", atBlock3.minusNanos(1_000), 5));
    DiscrepancyView overdue = differences().getFirst();
    assertThat(overdue.key()).isEqualTo(DifferenceKey.overdue(ONE).toString());
    assertThat(overdue.amount()).hasValue(NeuronSum.parse("5"));
    assertThat(overdue.since()).isEqualTo(atBlock3.minusNanos(1_000));

    history.seal();
    assertThat(differences()).extracting(DiscrepancyView::amount).containsExactly(Optional.of(NeuronSum.parse("15")));
    history.seal().seal().seal().seal().seal().seal();
    assertThat(differences()).extracting(DiscrepancyView::key)
        .containsExactly(DifferenceKey.overdue(ONE).toString(), DifferenceKey.overdue(PATIENT).toString());
  }

  @Test
  void overdue_usage_excludes_its_settled_part() {
    history.report(ONE, Meters.line("r-1", Chain.blockTime(0), 10))
        .report(ONE, Meters.line("r-2", Chain.blockTime(0), 20))
        .settle(ONE, 14, 1).seal().seal();

    assertThat(differences()).extracting(each -> each.kind().word() + " " + each.amount().orElseThrow())
        .containsExactly("settlement-boundary 5", "usage-overdue 15");
  }

  @Test
  void a_resolution_applies_to_its_amount_only() {
    history.report(ONE, Meters.line("r-2", Chain.blockTime(1), 30)).settle(ONE, 10, 0).seal();
    DiscrepancyView open = differences().getFirst();
    assertThat(open.resolution()).isEmpty();

    resolve(DifferenceKey.parse(open.key()), "11");
    assertThat(differences().getFirst().resolution()).isEmpty();
    resolve(DifferenceKey.parse(open.key()), "10");
    assertThat(differences().getFirst().resolution()).hasValueSatisfying(
        resolution -> assertThat(resolution.by()).isEqualTo("finance"));
    assertThat(differences(with(DiscrepancyView.State.RESOLVED))).hasSize(1);
    assertThat(differences(with(DiscrepancyView.State.OPEN))).isEmpty();

    history.report(ONE, Meters.line("r-1", Chain.blockTime(0), 4));
    assertThat(differences().getFirst().amount()).hasValue(NeuronSum.parse("6"));
    assertThat(differences().getFirst().resolution()).isEmpty();
  }

  @Test
  void a_proposal_closes_nothing_and_a_revocation_opens_again() {
    history.report(ONE, Meters.line("r-2", Chain.blockTime(1), 30)).settle(ONE, 10, 0).seal();
    DifferenceKey key = DifferenceKey.parse(differences().getFirst().key());

    propose(key, "11");
    assertThat(differences().getFirst().proposal()).as("of another amount").isEmpty();
    propose(key, "10");
    assertThat(differences(with(DiscrepancyView.State.OPEN)).getFirst().proposal()).hasValueSatisfying(
        proposal -> {
          assertThat(proposal.by()).isEqualTo("ann");
          assertThat(proposal.number()).isEqualTo(2);
        });
    assertThat(differences().getFirst().resolution()).isEmpty();
    resolve(key, "10");
    assertThat(differences(with(DiscrepancyView.State.RESOLVED)).getFirst().proposal()).isEmpty();
    propose(key, "12");
    assertThat(differences(with(DiscrepancyView.State.RESOLVED))).as("still in force").hasSize(1);
    history.add(new UsageEvent.DifferenceResolutionRevoked(key.subAccount().owner(), key, "a mistake", "ben",
        Instant.parse("2026-02-01T00:00:00Z")));
    assertThat(differences(with(DiscrepancyView.State.OPEN)).getFirst().proposal()).isEmpty();
    assertThat(differences(with(DiscrepancyView.State.RESOLVED))).isEmpty();
  }

  private void propose(DifferenceKey key, String amount) {
    history.add(new UsageEvent.DifferenceResolutionProposed(key.subAccount().owner(), key, NeuronSum.parse(amount),
        "agreed", "ann", Instant.parse("2026-02-01T00:00:00Z")));
  }

  @Test
  void a_fork_removes_the_difference_of_a_settlement() {
    history.report(ONE, Meters.line("r-1", Chain.blockTime(3), 30)).seal().settle(ONE, 10, 0).seal();
    assertThat(differences()).hasSize(1);
    history.retract(1).seal();
    assertThat(differences()).isEmpty();
  }

  @Test
  void pages_have_all_differences_and_filters_apply() {
    List<SubAccountId> meters = List.of(meter(7, "a"), meter(7, "b"), meter(8, "a"), meter(9, "ü"));
    meters.forEach(meter -> history.report(meter, Meters.line("r-" + meters.indexOf(meter),
        Chain.blockTime(0), 30)).settle(meter, 10, 0).settle(meter, 7, 0));
    history.seal();
    for (int i = 0; i < 7; i++) {
      history.seal();
    }
    List<DiscrepancyView> all = differences();
    assertThat(all).hasSize(12);

    List<DiscrepancyView> paged = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      DiscrepanciesPage page = page(ALL, new Page(5, cursor));
      paged.addAll(page.discrepancies());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    assertThat(paged).isEqualTo(all);
    assertThat(differences(new DiscrepancyFilter(Set.of(Wallets.wallet(7)), Optional.empty(),
        Set.of(ServiceName.of("b")), Set.of(), Set.of()))).hasSize(3);
    assertThat(differences(new DiscrepancyFilter(Set.of(), Optional.of(Wallets.wallet(2)), Set.of(),
        Set.of(), Set.of()))).isEmpty();
    assertThatThrownBy(() -> page(ALL, new Page(5, Optional.of("x")))).isInstanceOfSatisfying(Refusal.class,
        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.BAD_CURSOR));
  }

  private static DiscrepancyFilter with(DiscrepancyView.State state) {
    return new DiscrepancyFilter(Set.of(), Optional.empty(), Set.of(), Set.of(),
        Set.of(state));
  }

  private void resolve(DifferenceKey key, String amount) {
    history.add(new UsageEvent.DifferenceResolved(key.subAccount().owner(), key, NeuronSum.parse(amount), "agreed",
        "finance", Instant.parse("2026-02-01T00:00:00Z")));
  }

  private List<DiscrepancyView> differences() {
    return differences(ALL);
  }

  private List<DiscrepancyView> differences(DiscrepancyFilter filter) {
    return page(filter, new Page(500, Optional.empty())).discrepancies();
  }

  private DiscrepanciesPage page(DiscrepancyFilter filter, Page page) {
    fixture.process(history.records().subList(processed, history.records().size()));
    processed = history.records().size();
    SettlementIntervals intervals = new SettlementIntervals(Duration.ofMinutes(10),
        Map.of(Wallets.wallet(8).value().replace("abcdef", "ABCDEF"), Duration.ofHours(1)));
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> new DiscrepancyQueries(intervals).page(filter, page, asOf, db));
  }
}
