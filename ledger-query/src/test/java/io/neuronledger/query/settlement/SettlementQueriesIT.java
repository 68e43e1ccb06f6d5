package io.neuronledger.query.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.settlement.SettlementAnswer;
import io.neuronledger.contracts.view.settlement.SettlementState;
import io.neuronledger.contracts.view.settlement.SettlementView;
import io.neuronledger.contracts.view.settlement.SettlementsPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.settlement.matching.History;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettlementQueriesIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final SubAccountId ONE = new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("a"));
  private static final SubAccountId OTHER = new SubAccountId(OWNER, Wallets.wallet(8), ServiceName.of("b"));
  private static final Period ALWAYS = new Period(Optional.empty(), Optional.empty());
  private static final SettlementFilter ALL = new SettlementFilter(Set.of(), Optional.empty(),
      Set.of(), Set.of(), ALWAYS);

  private final QueryFixture fixture = new QueryFixture(1);
  private final History history = new History(0, 1);
  private final SettlementQueries queries = new SettlementQueries();
  private int processed;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void the_pages_have_all_settlements_that_are_not_retracted_newest_first() {
    for (int block = 1; block <= 30; block++) {
      history.settle(block % 3 == 0 ? OTHER : ONE, block, 0).settle(ONE, 1, 1).seal();
    }
    history.retract(2).seal().settle(ONE, 99, 0);

    List<String> ids = ids(ALL, 7);

    assertThat(ids).hasSize(56).startsWith("28-1-0-0", "28-0-0-0", "27-1-0-0").endsWith("1-0-0-0");
    assertThat(ids(ALL, 500)).isEqualTo(ids);
    assertThat(ids(new SettlementFilter(Set.of(), Optional.of(OWNER), Set.of(), Set.of(),
        ALWAYS), 7)).isEqualTo(ids);
    assertThat(ids(new SettlementFilter(Set.of(OTHER.provider()), Optional.of(OWNER), Set.of(OTHER.service()),
        Set.of(), ALWAYS), 4)).hasSize(9).allMatch(id -> Integer.parseInt(id.split("-", 2)[0]) % 3 == 0);
  }

  /** The rest of the owner's block is parked; the processed part is not the state of any block. */
  @Test
  void an_incomplete_block_of_a_quarantined_owner_is_excluded() {
    history.settle(ONE, 1, 0).seal().settle(ONE, 2, 0)
        .add(new PartitionEvent.OwnerQuarantined(OWNER, new ChainPosition(2, 1, 0), "odd")).seal().seal();
    assertThat(ids(ALL, 10)).containsExactly("1-0-0-0");
    assertThat(lines(10)).allMatch(SettlementView::quarantined);

    history.settle(ONE, 3, 0).add(new PartitionEvent.OwnerReleased(OWNER)).seal();
    assertThat(ids(ALL, 10)).hasSize(3).contains("2-0-0-0");
    assertThat(lines(10)).noneMatch(SettlementView::quarantined);
  }

  @Test
  void days_are_in_block_time() {
    for (int block = 1; block <= 290; block++) {
      history.settle(ONE, 1, 0).seal();
    }
    LocalDate second = LocalDate.parse("2026-01-02");
    SettlementFilter day = new SettlementFilter(Set.of(), Optional.empty(), Set.of(), Set.of(),
        new Period(Optional.of(second), Optional.of(second)));

    assertThat(ids(day, 100)).hasSize(144).startsWith("287-0-0-0").endsWith("144-0-0-0");
  }

  @Test
  void states_are_filtered() {
    history.report(ONE, Meters.line("r-1", Chain.blockTime(0), 10))
        .report(ONE, Meters.line("r-2", Chain.blockTime(1), 10))
        .settle(ONE, 10, 0).seal().settle(ONE, 4, 0).seal().settle(ONE, 3, 3).seal().settle(ONE, 2, 0).seal();

    assertThat(ids(state(SettlementState.MATCHED), 10)).containsExactly("1-0-0-0");
    assertThat(ids(state(SettlementState.OVER), 10)).containsExactly("2-0-0-0");
    assertThat(ids(state(SettlementState.UNDER), 10)).containsExactly("3-0-0-0");
    assertThat(ids(state(SettlementState.UNREPORTED), 10)).containsExactly("4-0-0-0");
  }

  @Test
  void a_settlement_has_its_requests_in_pages_and_its_transaction() {
    for (int i = 0; i < 25; i++) {
      history.report(ONE, Meters.line("r-" + (100 + i), Chain.GENESIS.plusSeconds(i / 3), 2));
    }
    history.settle(ONE, 40, 8).seal();

    List<RequestId> requests = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    SettlementAnswer answer;
    do {
      answer = one("1-0-0-0", new Page(7, cursor));
      answer.matchedRequests().forEach(request -> requests.add(request.requestId()));
      cursor = answer.nextCursor();
    } while (cursor.isPresent());

    assertThat(requests).hasSize(24).startsWith(new RequestId("r-100")).endsWith(new RequestId("r-123"));
    SettlementView view = answer.settlement();
    assertThat(view.asked()).hasToString("48");
    assertThat(view.writtenOff()).hasToString("8");
    assertThat(view.feeSum()).hasToString("48");
    assertThat(view.state()).isEqualTo(SettlementState.MATCHED);
    assertThat(view.transactionHash()).isPresent();
    assertThat(view.logIndex()).hasValue(0);
    assertThat(view.evidence()).containsInstanceOf(Evidence.Log.class);
    assertThat(view.blockTime()).isEqualTo(Chain.blockTime(1));
  }

  @Test
  void a_retracted_settlement_is_found_by_its_id_and_covers_nothing() {
    history.report(ONE, Meters.line("r-1", Chain.blockTime(0), 10)).settle(ONE, 10, 0).seal().retract(1).seal();

    SettlementAnswer answer = one("1-0-0-0", new Page(10, Optional.empty()));

    assertThat(answer.settlement().state()).isEqualTo(SettlementState.RETRACTED);
    assertThat(answer.matchedRequests()).isEmpty();
    assertThat(ids(ALL, 10)).isEmpty();
  }

  @Test
  void an_unsealed_settlement_is_not_found() {
    history.seal().settle(ONE, 10, 0);
    assertThat(ids(ALL, 10)).isEmpty();
    assertThatThrownBy(() -> one("2-0-0-0", new Page(10, Optional.empty()))).isInstanceOfSatisfying(Refusal.class,
        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.SETTLEMENT_NOT_FOUND));
    history.seal();
    assertThat(ids(ALL, 10)).containsExactly("2-0-0-0");
  }

  /** As in the journal, the settlement appears with the seal that follows it. */
  @Test
  void a_retracted_settlement_is_not_found_until_the_next_seal() {
    history.seal().settle(ONE, 10, 0).seal().retract(1);
    assertThatThrownBy(() -> one("2-0-0-0", new Page(10, Optional.empty()))).isInstanceOfSatisfying(Refusal.class,
        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.SETTLEMENT_NOT_FOUND));
    history.seal();
    assertThat(one("2-0-0-0", new Page(10, Optional.empty())).settlement().state())
        .isEqualTo(SettlementState.RETRACTED);
  }

  private static SettlementFilter state(SettlementState state) {
    return new SettlementFilter(Set.of(), Optional.empty(), Set.of(), Set.of(state), ALWAYS);
  }

  private SettlementAnswer one(String id, Page page) {
    process();
    return fixture.ownerReads().answer(OWNER, QueryFixture.NOW,
        (at, db) -> queries.one(OWNER, SettlementId.parse(id), page, at, db));
  }

  private List<SettlementView> lines(int limit) {
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> queries.page(ALL, new Page(limit, Optional.empty()), asOf, db)).settlements();
  }

  private List<String> ids(SettlementFilter filter, int limit) {
    process();
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page page = new Page(limit, cursor);
      SettlementsPage answer = fixture.globalReads()
          .answer(QueryFixture.NOW, (asOf, db) -> queries.page(filter, page, asOf, db));
      answer.settlements().forEach(settlement -> ids.add(settlement.id().toString()));
      cursor = answer.nextCursor();
    } while (cursor.isPresent());
    return ids;
  }

  private void process() {
    fixture.process(history.records().subList(processed, history.records().size()));
    processed = history.records().size();
  }
}
