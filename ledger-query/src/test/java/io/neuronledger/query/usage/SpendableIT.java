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
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.query.asof.selector.BlockSelector;
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

/** The spendable balance of a sub-account after reported usage, and its chain state. */
class SpendableIT {
  private static final SubAccountId ID =
      new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), ServiceName.of("inference-v1.0"));

  private final QueryFixture fixture = new QueryFixture(1);
  private final Meters meters = new Meters();
  private final AccountEventScript script = AccountEventScript.started(0, 1);
  private int processed;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void reported_usage_is_unsettled_until_the_balance_drops() {
    opened("100").report("r-1", 1, 30).process();
    assertFigures(now(), "used 30, settled 0, written off 0, unsettled 30, unreported 0, spendable 70, shortfall 0");

    settle(30, 0).process();
    assertFigures(now(), "used 30, settled 30, written off 0, unsettled 0, unreported 0, spendable 70, shortfall 0");
  }

  @Test
  void a_requested_refund_is_not_spendable() {
    opened("100").report("r-1", 1, 30);
    script.request(ID, Neuron.parse("80")).seal();
    process();
    assertFigures(now(), "used 30, settled 0, written off 0, unsettled 30, unreported 0, spendable 0, shortfall 10");
  }

  @Test
  void a_partial_settlement_writes_the_rest_off() {
    opened("100").report("r-1", 1, 120).settle(100, 20).process();
    assertFigures(now(), "used 120, settled 100, written off 20, unsettled 0, unreported 0, spendable 0, shortfall 0");
  }

  @Test
  void an_amount_settled_beyond_reports_is_unreported_until_a_late_report() {
    opened("100").report("r-2", 2, 30).settle(40, 0).process();
    assertFigures(now(), "used 30, settled 40, written off 0, unsettled 0, unreported 10, spendable 60, shortfall 0");

    report("r-1", 1, 10).process();
    assertFigures(now(), "used 40, settled 40, written off 0, unsettled 0, unreported 0, spendable 60, shortfall 0");
  }

  @Test
  void usage_through_a_router_counts_against_no_sub_account() {
    opened("100");
    script.add(meters.recorded(ID, List.of(line("r-1", 1, 30, UsageSource.ROUTER))));
    process();
    assertFigures(now(), "used 0, settled 0, written off 0, unsettled 0, unreported 0, spendable 100, shortfall 0");
  }

  @Test
  void a_settlement_counts_once_its_block_is_sealed_and_a_report_at_once() {
    opened("100").report("r-1", 1, 30);
    script.settle(ID, Neuron.parse("30"));
    process();
    assertFigures(now(), "used 30, settled 0, written off 0, unsettled 30, unreported 0, spendable 70, shortfall 0");
    script.seal();
    process();
    assertFigures(now(), "used 30, settled 30, written off 0, unsettled 0, unreported 0, spendable 70, shortfall 0");
  }

  @Test
  void a_retracted_settlement_makes_its_usage_unsettled_again() {
    opened("100").report("r-1", 1, 30).settle(30, 0).process();
    report("r-2", 2, 5);
    script.retract(script.block() - 1).seal();
    process();
    assertFigures(now(), "used 35, settled 0, written off 0, unsettled 35, unreported 0, spendable 65, shortfall 0");
  }

  /** Blocks are ten minutes apart; the report of minute 25 is late. */
  @Test
  void a_past_block_shows_the_usage_by_then() {
    opened("100").report("r-1", 5, 30).settle(30, 0);
    script.seal(3);
    report("r-3", 45, 7).report("r-2", 25, 4).process();

    assertFigures(now(), "used 41, settled 30, written off 0, unsettled 11, unreported 0, spendable 59, shortfall 0");
    assertFigures(at(1), "used 30, settled 0, written off 0, unsettled 30, unreported 0, spendable 70, shortfall 0");
    assertFigures(at(2), "used 30, settled 30, written off 0, unsettled 0, unreported 0, spendable 70, shortfall 0");
    assertFigures(at(3), "used 34, settled 30, written off 0, unsettled 4, unreported 0, spendable 66, shortfall 0");
    assertFigures(at(5), "used 41, settled 30, written off 0, unsettled 11, unreported 0, spendable 59, shortfall 0");
  }

  @Test
  void a_report_for_an_unopened_sub_account_is_kept_and_assigned_when_it_opens() {
    report("r-1", 1, 30);
    script.seal();
    process();
    assertThat(assigned()).isEqualTo(Optional.of(false));

    opened("100").process();
    assertThat(assigned()).isEqualTo(Optional.of(true));
    assertFigures(now(), "used 30, settled 0, written off 0, unsettled 30, unreported 0, spendable 70, shortfall 0");

    script.retract(script.block() - 1).seal();
    process();
    assertThat(assigned()).isEqualTo(Optional.of(false));
  }

  private Optional<Boolean> assigned() {
    UsagePage page = fixture.ownerReads().answer(ID.owner(), QueryFixture.NOW, (at, db) ->
        new UsageQueries().page(ID.owner(), UsageFilter.all(), RequestFilter.ANY,
            Caller.LOCAL, new Page(10, Optional.empty()), at, db));
    return page.usage().getFirst().assigned();
  }

  private SpendableIT opened(String amount) {
    script.deposit(ID.owner(), Neuron.parse(amount)).transfer(ID, Neuron.parse(amount)).seal();
    return this;
  }

  private SpendableIT report(String id, int minute, long fee) {
    script.add(meters.recorded(ID, List.of(line(id, minute, fee, UsageSource.DIRECT))));
    return this;
  }

  private static UsageLine line(String id, int minute, long fee, UsageSource source) {
    return Meters.line(id, Chain.GENESIS.plusSeconds(60L * minute), "model-a",
        new Units.Images(1, Neuron.parse(String.valueOf(fee))), source, Optional.empty());
  }

  private SpendableIT settle(long amount, long writtenOff) {
    script.settle(ID, Neuron.parse(String.valueOf(amount)), Neuron.parse(String.valueOf(writtenOff))).seal();
    return this;
  }

  private void process() {
    fixture.process(script.records().subList(processed, script.records().size()));
    processed = script.records().size();
  }

  private SubAccountView now() {
    return view(QueryFixture.NOW);
  }

  private SubAccountView at(long block) {
    return view(QueryFixture.at(block));
  }

  private SubAccountView view(BlockSelector selector) {
    return SubAccountAnswers.one(fixture, ID, selector);
  }

  private static void assertFigures(SubAccountView view, String expected) {
    NeuronSum free = NeuronSum.of(view.free());
    assertThat(free.minus(view.unsettled())).isEqualTo(view.spendable().minus(view.shortfall()));
    assertThat("used " + view.used() + ", settled " + view.settled() + ", written off " + view.writtenOff()
        + ", unsettled " + view.unsettled() + ", unreported " + view.unreported() + ", spendable " + view.spendable()
        + ", shortfall " + view.shortfall()).isEqualTo(expected);
  }
}
