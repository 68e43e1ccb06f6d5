package io.neuronledger.query.runway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.runway.AtRiskPage;
import io.neuronledger.contracts.view.runway.RunwayAnswer;
import io.neuronledger.contracts.view.runway.RunwayView;
import io.neuronledger.contracts.view.runway.RunwayView.State;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks are ten minutes apart. Wallets use 24 neuron a day, one in every hour; providers demand 1,000. */
class AtRiskIT {
  private static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");
  private static final Neuron MINIMUM = Neuron.parse("1000");
  private static final int BLOCKS_OF_DAY = 144;

  private final QueryFixture fixture = new QueryFixture(1);
  private final Meters meters = new Meters();
  private final AccountEventScript script = AccountEventScript.started(0, 1).known(INFERENCE);
  private int processed;

  @AfterEach
  void close() {
    fixture.close();
  }

  private static SubAccountId id(int owner) {
    return new SubAccountId(Wallets.wallet(owner), Wallets.wallet(70), INFERENCE);
  }

  private void fund(int owner, long amount) {
    Neuron funds = Neuron.parse(String.valueOf(amount));
    script.deposit(id(owner).owner(), funds).transfer(id(owner), funds);
  }

  /** One neuron in each hour from the genesis on. */
  private void use(int owner, int hours) {
    List<UsageLine> lines = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      lines.add(Meters.line("r-" + owner + "-" + hour, Chain.GENESIS.plus(Duration.ofHours(hour)), 1));
    }
    script.add(meters.recorded(id(owner), lines));
  }

  private void process() {
    fixture.process(script.records().subList(processed, script.records().size()));
    processed = script.records().size();
  }

  private AtRiskPage page(int hours, int limit, Optional<String> cursor) {
    return page(MINIMUM, hours, limit, cursor);
  }

  private AtRiskPage page(Neuron minimum, int hours, int limit, Optional<String> cursor) {
    return fixture.globalReads().answer(QueryFixture.NOW, (asOf, db) -> new AtRiskQueries(minimum)
        .page(new AtRiskFilter(Duration.ofHours(hours)), new Page(limit, cursor), asOf, db));
  }

  private RunwayAnswer runway(int owner) {
    return runway(MINIMUM, owner);
  }

  private RunwayAnswer runway(Neuron minimum, int owner) {
    return fixture.ownerReads().answer(id(owner).owner(), QueryFixture.NOW, (at, db) ->
        new RunwayQueries(QueryFixture.JSON, minimum).runway(id(owner).owner(), at, db));
  }

  private void eightDays() {
    fund(1, 1_000 + 192 + 24);
    fund(2, 1_000 + 192 + 48);
    fund(3, 1_000 + 192 + 240);
    fund(4, 1_000 + 191);
    fund(5, 500);
    for (int owner = 1; owner <= 4; owner++) {
      use(owner, 192);
    }
    script.seal(8 * BLOCKS_OF_DAY);
    process();
  }

  @Test
  void those_that_are_refused_come_first_and_then_the_soonest() {
    eightDays();
    assertThat(page(72, 10, Optional.empty()).subAccounts()).extracting(AtRiskPage.Line::owner)
        .containsExactly(Wallets.wallet(4), Wallets.wallet(1), Wallets.wallet(2));
    assertThat(page(24, 10, Optional.empty()).subAccounts()).extracting(AtRiskPage.Line::owner)
        .containsExactly(Wallets.wallet(4), Wallets.wallet(1));
    assertThat(page(720, 10, Optional.empty()).subAccounts()).extracting(AtRiskPage.Line::owner)
        .containsExactly(Wallets.wallet(4), Wallets.wallet(1), Wallets.wallet(2), Wallets.wallet(3));
    assertThat(page(72, 10, Optional.empty()).subAccounts()).extracting(line -> line.runway().state())
        .containsExactly(State.REFUSED, State.RUNNING_OUT, State.RUNNING_OUT);
  }

  @Test
  void the_pages_are_the_list() {
    eightDays();
    List<AtRiskPage.Line> paged = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      AtRiskPage page = page(720, 1, cursor);
      paged.addAll(page.subAccounts());
      assertThat(page.hasMore()).isEqualTo(page.nextCursor().isPresent());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    assertThat(paged).hasSize(4).isEqualTo(page(720, 10, Optional.empty()).subAccounts());
  }

  @Test
  void a_block_between_two_pages_repeats_no_line_and_skips_none() {
    eightDays();
    AtRiskPage first = page(720, 2, Optional.empty());
    script.seal();
    process();
    AtRiskPage second = page(720, 2, first.nextCursor());
    assertThat(second.asOf().block()).isGreaterThan(first.asOf().block());
    assertThat(first.subAccounts()).extracting(AtRiskPage.Line::owner)
        .containsExactly(Wallets.wallet(4), Wallets.wallet(1));
    assertThat(second.subAccounts()).extracting(AtRiskPage.Line::owner)
        .containsExactly(Wallets.wallet(2), Wallets.wallet(3));
  }

  @Test
  void without_a_minimum_it_is_refused_where_it_does_not_cover_its_fees() {
    fund(6, 191);
    fund(7, 192);
    use(6, 192);
    use(7, 192);
    script.seal(8 * BLOCKS_OF_DAY);
    process();
    assertThat(page(Neuron.ZERO, 1, 10, Optional.empty()).subAccounts()).extracting(line -> line.runway().state())
        .containsExactly(State.REFUSED, State.RUNNING_OUT);
    RunwayView refused = runway(Neuron.ZERO, 6).subAccounts().getFirst().runway();
    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(refused.spendable()).isEqualTo(NeuronSum.ZERO);
    assertThat(runway(Neuron.ZERO, 7).subAccounts().getFirst().runway().state()).isEqualTo(State.RUNNING_OUT);
  }

  @Test
  void the_list_has_what_the_owner_is_answered() {
    eightDays();
    for (AtRiskPage.Line line : page(720, 10, Optional.empty()).subAccounts()) {
      RunwayAnswer answer = fixture.ownerReads().answer(line.owner(), QueryFixture.NOW, (at, db) ->
          new RunwayQueries(QueryFixture.JSON, MINIMUM).runway(line.owner(), at, db));
      assertThat(answer.subAccounts()).singleElement()
          .isEqualTo(new RunwayAnswer.SubAccount(line.provider(), line.service(), line.runway()));
    }
    Instant now = Chain.blockTime(8 * BLOCKS_OF_DAY);
    RunwayView second = runway(2).subAccounts().getFirst().runway();
    assertThat(second.burnPerDay()).isEqualTo(NeuronSum.parse("24"));
    assertThat(second.refusedAt()).isEqualTo(Optional.of(now.plus(Duration.ofDays(2))));
    assertThat(runway(5).subAccounts().getFirst().runway().state()).isEqualTo(State.REFUSED);
  }

  @Test
  void money_that_is_asked_back_shortens_the_runway() {
    eightDays();
    script.request(id(3), Neuron.parse("240")).seal();
    process();
    assertThat(page(72, 10, Optional.empty()).subAccounts()).extracting(AtRiskPage.Line::owner)
        .contains(Wallets.wallet(3));
  }

  @Test
  void a_settlement_changes_nothing_and_a_reversal_does() {
    eightDays();
    RunwayView before = runway(2).subAccounts().getFirst().runway();
    script.settle(id(2), Neuron.parse("192")).seal();
    process();
    assertThat(runway(2).subAccounts().getFirst().runway().spendable()).isEqualTo(before.spendable());
    script.add(meters.reversed(id(2), Meters.line("r-2-191", Chain.GENESIS.plus(Duration.ofHours(191)), 1),
        Optional.empty())).seal();
    process();
    assertThat(runway(2).subAccounts().getFirst().runway().used()).isEqualTo(NeuronSum.parse("167"));
  }

  @Test
  void a_wallet_without_a_ledger_has_no_runway() {
    eightDays();
    assertThatThrownBy(() -> runway(9)).isInstanceOfSatisfying(Refusal.class,
        refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.LEDGER_NOT_FOUND));
  }
}
