package io.neuronledger.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.contracts.view.usage.UsagePage;
import io.neuronledger.query.asof.BlockSelector;
import io.neuronledger.query.balance.SubAccountAnswers;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What remains of a sub-account after reported usage, beside what the chain says. */
class SpendableTest {
  private static final SubAccountId ID =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));

  private final QueryFixture stage = new QueryFixture(1);
  private final Meters meters = new Meters();
  private final AccountEventScript scribe = AccountEventScript.begun(0, 1);
  private int taken;

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void reported_usage_is_unsettled_until_the_balance_drops() {
    opened("100").report("r-1", 1, 30).take();
    assertFigures(now(), "used 30, settled 0, written off 0, unsettled 30, unreported 0, spendable 70, shortfall 0");

    settle(30, 0).take();
    assertFigures(now(), "used 30, settled 30, written off 0, unsettled 0, unreported 0, spendable 70, shortfall 0");
  }

  @Test
  void what_was_asked_back_is_not_spendable_either() {
    opened("100").report("r-1", 1, 30);
    scribe.request(ID, Neuron.parse("80")).seal();
    take();
    assertFigures(now(), "used 30, settled 0, written off 0, unsettled 30, unreported 0, spendable 0, shortfall 10");
  }

  @Test
  void a_partial_settlement_writes_the_rest_off() {
    opened("100").report("r-1", 1, 120).settle(100, 20).take();
    assertFigures(now(), "used 120, settled 100, written off 20, unsettled 0, unreported 0, spendable 0, shortfall 0");
  }

  @Test
  void more_settled_than_reported_is_unreported_and_a_late_report_closes_it() {
    opened("100").report("r-2", 2, 30).settle(40, 0).take();
    assertFigures(now(), "used 30, settled 40, written off 0, unsettled 0, unreported 10, spendable 60, shortfall 0");

    report("r-1", 1, 10).take();
    assertFigures(now(), "used 40, settled 40, written off 0, unsettled 0, unreported 0, spendable 60, shortfall 0");
  }

  @Test
  void usage_through_a_router_counts_against_no_sub_account() {
    opened("100");
    scribe.add(meters.recorded(ID, List.of(line("r-1", 1, 30, UsageSource.ROUTER))));
    take();
    assertFigures(now(), "used 0, settled 0, written off 0, unsettled 0, unreported 0, spendable 100, shortfall 0");
  }

  @Test
  void a_settlement_counts_from_its_blocks_seal_on_and_a_report_at_once() {
    opened("100").report("r-1", 1, 30);
    scribe.settle(ID, Neuron.parse("30"));
    take();
    assertFigures(now(), "used 30, settled 0, written off 0, unsettled 30, unreported 0, spendable 70, shortfall 0");
    scribe.seal();
    take();
    assertFigures(now(), "used 30, settled 30, written off 0, unsettled 0, unreported 0, spendable 70, shortfall 0");
  }

  @Test
  void a_retracted_settlement_releases_its_usage_and_usage_stays() {
    opened("100").report("r-1", 1, 30).settle(30, 0).take();
    report("r-2", 2, 5);
    scribe.retract(scribe.block() - 1).seal();
    take();
    assertFigures(now(), "used 35, settled 0, written off 0, unsettled 35, unreported 0, spendable 65, shortfall 0");
  }

  /** Blocks are ten minutes apart; the report of minute 25 came late. */
  @Test
  void a_past_block_shows_what_was_used_by_then() {
    opened("100").report("r-1", 5, 30).settle(30, 0);
    scribe.seal(3);
    report("r-3", 45, 7).report("r-2", 25, 4).take();

    assertFigures(now(), "used 41, settled 30, written off 0, unsettled 11, unreported 0, spendable 59, shortfall 0");
    assertFigures(at(1), "used 30, settled 0, written off 0, unsettled 30, unreported 0, spendable 70, shortfall 0");
    assertFigures(at(2), "used 30, settled 30, written off 0, unsettled 0, unreported 0, spendable 70, shortfall 0");
    assertFigures(at(3), "used 34, settled 30, written off 0, unsettled 4, unreported 0, spendable 66, shortfall 0");
    assertFigures(at(5), "used 41, settled 30, written off 0, unsettled 11, unreported 0, spendable 59, shortfall 0");
  }

  @Test
  void a_report_for_a_sub_account_that_is_not_there_is_kept_and_attached_when_it_opens() {
    report("r-1", 1, 30);
    scribe.seal();
    take();
    assertThat(assigned()).isEqualTo(Optional.of(false));

    opened("100").take();
    assertThat(assigned()).isEqualTo(Optional.of(true));
    assertFigures(now(), "used 30, settled 0, written off 0, unsettled 30, unreported 0, spendable 70, shortfall 0");

    scribe.retract(scribe.block() - 1).seal();
    take();
    assertThat(assigned()).isEqualTo(Optional.of(false));
  }

  private Optional<Boolean> assigned() {
    UsagePage page = stage.answers().answer(ID.owner(), QueryFixture.NOW, (at, db) ->
        new UsageQueries().page(ID.owner(), UsageFilter.all(), new Page(10, Optional.empty()), at, db));
    return page.usage().getFirst().assigned();
  }

  private SpendableTest opened(String amount) {
    scribe.deposit(ID.owner(), Neuron.parse(amount)).transfer(ID, Neuron.parse(amount)).seal();
    return this;
  }

  private SpendableTest report(String id, int minute, long fee) {
    scribe.add(meters.recorded(ID, List.of(line(id, minute, fee, UsageSource.DIRECT))));
    return this;
  }

  private static UsageLine line(String id, int minute, long fee, UsageSource source) {
    return Meters.line(id, Chain.GENESIS.plusSeconds(60L * minute), "model-a",
        new Units.Images(1, Neuron.parse(String.valueOf(fee))), source, Optional.empty());
  }

  private SpendableTest settle(long amount, long writtenOff) {
    scribe.settle(ID, Neuron.parse(String.valueOf(amount)), Neuron.parse(String.valueOf(writtenOff))).seal();
    return this;
  }

  private void take() {
    stage.take(scribe.records().subList(taken, scribe.records().size()));
    taken = scribe.records().size();
  }

  private SubAccountView now() {
    return view(QueryFixture.NOW);
  }

  private SubAccountView at(long block) {
    return view(QueryFixture.at(block));
  }

  private SubAccountView view(BlockSelector moment) {
    return SubAccountAnswers.one(stage, ID, moment);
  }

  private static void assertFigures(SubAccountView view, String expected) {
    NeuronSum free = NeuronSum.of(view.free());
    assertThat(free.minus(view.unsettled())).isEqualTo(view.spendable().minus(view.shortfall()));
    assertThat("used " + view.used() + ", settled " + view.settled() + ", written off " + view.writtenOff()
        + ", unsettled " + view.unsettled() + ", unreported " + view.unreported() + ", spendable " + view.spendable()
        + ", shortfall " + view.shortfall()).isEqualTo(expected);
  }
}
