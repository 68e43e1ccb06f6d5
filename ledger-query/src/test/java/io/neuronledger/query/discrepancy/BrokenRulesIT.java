package io.neuronledger.query.discrepancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.Rule;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.discrepancy.DiscrepanciesPage;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyKind;
import io.neuronledger.contracts.view.discrepancy.DiscrepancyView;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Chain events that broke a rule, in the list of discrepancies. */
class BrokenRulesIT {
  private static final SubAccountId ID =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));
  private static final Instant DECIDED_AT = Instant.parse("2026-02-01T00:00:00Z");

  private static final DiscrepancyFilter NO_FILTER = new DiscrepancyFilter(Set.of(), Optional.empty(),
      Set.of(), Set.of(), Set.of());

  private final QueryFixture fixture = new QueryFixture(1);
  private final AccountEventScript script = AccountEventScript.started(0, 1);
  private int processed;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_breach_is_listed_once_its_block_is_sealed_with_expected_and_actual() {
    script.seal();
    found("k-1", Optional.of(ID));
    assertThat(all()).isEmpty();
    script.seal();

    DiscrepancyView breach = all().getFirst();
    assertThat(breach.key()).isEqualTo("k-1");
    assertThat(breach.kind()).isEqualTo(DiscrepancyKind.RULE_BROKEN);
    assertThat(breach.state()).isEqualTo(DiscrepancyView.State.OPEN);
    assertThat(breach.provider()).hasValue(ID.provider());
    assertThat(breach.breach())
        .hasValue(new DiscrepancyView.Breach("balance-covers-movement", "at most 5", "6", 2));
    assertThat(breach.amount()).isEmpty();
  }

  @Test
  void an_incomplete_block_of_a_quarantined_owner_is_excluded() {
    script.seal();
    found("k-1", Optional.of(ID));
    script.add(new PartitionEvent.OwnerQuarantined(ID.owner(), new ChainPosition(2, 1, 0), "odd")).seal();
    assertThat(all()).isEmpty();
    script.add(new PartitionEvent.OwnerReleased(ID.owner())).seal();
    assertThat(all()).hasSize(1);
  }

  @Test
  void a_resolution_shows_who_resolved_it_when_and_why() {
    found("k-1", Optional.empty());
    script.seal();
    decide("k-1", "looked at it");
    assertThat(all()).singleElement().satisfies(each -> {
      assertThat(each.state()).isEqualTo(DiscrepancyView.State.RESOLVED);
      assertThat(each.resolution())
          .hasValue(new DiscrepancyView.Resolution("looked at it", "finance", DECIDED_AT));
    });

    decide("k-1", "looked again");
    assertThat(all().getFirst().resolution().orElseThrow().reason()).isEqualTo("looked again");
  }

  @Test
  void a_revocation_opens_it_again() {
    found("k-1", Optional.empty());
    script.seal();
    decide("k-1", "looked at it");
    assertThat(in(DiscrepancyView.State.RESOLVED)).containsExactly("k-1");
    script.add(new LedgerEvent.DiscrepancyResolutionRevoked(ID.owner(), "k-1", "a mistake", "ben", DECIDED_AT));
    assertThat(in(DiscrepancyView.State.RESOLVED)).isEmpty();
    assertThat(all().getFirst().resolution()).isEmpty();
    assertThat(in(DiscrepancyView.State.OPEN)).containsExactly("k-1");
    decide("k-1", "looked again");
    assertThat(in(DiscrepancyView.State.RESOLVED)).containsExactly("k-1");
  }

  @Test
  void a_fork_retracts_a_breach_and_keeps_the_resolution() {
    script.seal();
    found("k-1", Optional.of(ID));
    script.seal();
    decide("k-1", "an error of the provider");
    script.retract(2).seal();
    assertThat(all()).singleElement()
        .satisfies(each -> assertThat(each.state()).isEqualTo(DiscrepancyView.State.RETRACTED));

    found("k-1", Optional.of(ID));
    script.seal();
    assertThat(all()).singleElement().satisfies(each -> {
      assertThat(each.state()).isEqualTo(DiscrepancyView.State.RESOLVED);
      assertThat(each.breach().orElseThrow().block()).isEqualTo(3);
    });
  }

  @Test
  void states_and_kinds_are_filtered() {
    script.seal();
    found("gone", Optional.of(ID));
    script.seal().retract(2);
    found("open", Optional.of(ID));
    found("decided", Optional.empty());
    script.seal();
    decide("decided", "fine");

    assertThat(all()).extracting(DiscrepancyView::key).containsExactly("decided", "gone", "open");
    assertThat(in(DiscrepancyView.State.OPEN)).containsExactly("open");
    assertThat(in(DiscrepancyView.State.RESOLVED)).containsExactly("decided");
    assertThat(in(DiscrepancyView.State.RETRACTED)).containsExactly("gone");
    assertThat(keys(new DiscrepancyFilter(Set.of(ID.provider()), Optional.of(ID.owner()),
        Set.of(ID.service()), Set.of(DiscrepancyKind.RULE_BROKEN), Set.of())))
        .containsExactly("gone", "open");
    assertThat(keys(new DiscrepancyFilter(Set.of(), Optional.empty(), Set.of(),
        Set.of(DiscrepancyKind.USAGE_OVERDUE), Set.of()))).isEmpty();
  }

  @Test
  void pages_have_each_discrepancy_once() {
    List.of("a", "b", "c", "d", "e").forEach(key -> found(key, key.equals("c") ? Optional.empty() : Optional.of(ID)));
    script.seal();
    List<String> paged = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      DiscrepanciesPage page = page(NO_FILTER, new Page(2, cursor));
      page.discrepancies().forEach(each -> paged.add(each.key()));
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    assertThat(paged).containsExactly("c", "a", "b", "d", "e");
  }

  private void found(String key, Optional<SubAccountId> subAccount) {
    script.add(new LedgerEvent.DiscrepancyFound(ID.owner(), key, Rule.BALANCE_COVERS_MOVEMENT, subAccount, "at most 5",
        "6", script.cause()));
  }

  private void decide(String key, String reason) {
    script.add(new LedgerEvent.DiscrepancyResolved(ID.owner(), key, reason, "finance", DECIDED_AT));
  }

  private List<String> in(DiscrepancyView.State state) {
    return keys(new DiscrepancyFilter(Set.of(), Optional.empty(), Set.of(), Set.of(),
        Set.of(state)));
  }

  private List<String> keys(DiscrepancyFilter filter) {
    return page(filter, new Page(500, Optional.empty())).discrepancies().stream().map(DiscrepancyView::key).toList();
  }

  private List<DiscrepancyView> all() {
    return page(NO_FILTER, new Page(500, Optional.empty())).discrepancies();
  }

  private DiscrepanciesPage page(DiscrepancyFilter filter, Page page) {
    fixture.process(script.records().subList(processed, script.records().size()));
    processed = script.records().size();
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) ->
        new DiscrepancyQueries(new SettlementIntervals(Duration.ofMinutes(10), Map.of())).page(filter, page, asOf, db));
  }
}
