package io.neuronledger.query.totals;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.directory.TotalsAnswer;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Period;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sums over all owners, now, at a past block and after a fork. */
class TotalsIT {
  private static final ServiceName A = ServiceName.of("a");
  private static final ServiceName B = ServiceName.of("b");
  private static final SubAccountId ONE = new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), A);
  private static final SubAccountId TWO = new SubAccountId(Wallets.wallet(2), Wallets.wallet(8), B);
  private static final Period ALWAYS = new Period(Optional.empty(), Optional.empty());
  private static final TotalsAnswer.Used UNUSED = new TotalsAnswer.Used(NeuronSum.ZERO, NeuronSum.ZERO, 0);
  private static final LocalDate DAY = Chain.blockTime(1).atOffset(ZoneOffset.UTC).toLocalDate();

  private final QueryFixture fixture = new QueryFixture(1);
  private final AccountEventScript script = AccountEventScript.started(0, 1);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void settlements_count_by_service_and_day_up_to_the_block() {
    script.deposit(ONE.owner(), neuron(50)).transfer(ONE, neuron(50)).deposit(TWO.owner(), neuron(50))
        .transfer(TWO, neuron(50)).settle(ONE, neuron(3), neuron(1)).seal();
    script.add(new PartitionEvent.ReconciliationEnded("run-1", 1, Chain.blockHash(1, 0), Chain.blockTime(1), 0, 2,
        neuron(97), neuron(96)));
    script.seal();
    script.settle(TWO, neuron(5)).settle(ONE, neuron(2)).seal();
    fixture.process(script.records());

    TotalsAnswer now = totals(ALWAYS, QueryFixture.NOW);
    assertThat(now.settled()).isEqualTo(settled(10, 1, 3));
    assertThat(now.held()).isEqualTo(held(Optional.of(0L), 90, 0));
    assertThat(now.outstanding()).as("nothing is reported").isEqualTo(NeuronSum.parse("-11"));
    TotalsAnswer.Service a =
        new TotalsAnswer.Service(A, held(Optional.empty(), 45, 0), UNUSED, settled(5, 1, 2), NeuronSum.parse("-6"));
    TotalsAnswer.Service b =
        new TotalsAnswer.Service(B, held(Optional.empty(), 45, 0), UNUSED, settled(5, 0, 1), NeuronSum.parse("-5"));
    assertThat(now.services()).containsExactly(a, b);
    assertThat(now.days()).containsExactly(
        new TotalsAnswer.Day(DAY, now.held(), UNUSED, now.settled(), now.outstanding(), List.of(a, b)));
    assertThat(now.compared()).hasValue(
        new TotalsAnswer.Compared("run-1", 1, Chain.blockTime(1), neuron(97), neuron(96)));
    assertThat(totals(ALWAYS, QueryFixture.at(2)).settled()).isEqualTo(settled(3, 1, 1));
    Period before = new Period(Optional.empty(), Optional.of(DAY.minusDays(1)));
    assertThat(totals(before, QueryFixture.NOW).settled()).isEqualTo(settled(0, 0, 0));
    assertThat(totals(before, QueryFixture.NOW).days()).isEmpty();
    assertThat(totals(before, QueryFixture.NOW).held()).isEqualTo(held(Optional.of(0L), 0, 0));
    Period after = new Period(Optional.of(DAY.plusDays(1)), Optional.empty());
    assertThat(totals(after, QueryFixture.NOW).settled()).isEqualTo(settled(0, 0, 0));
    assertThat(totals(after, QueryFixture.NOW).held()).isEqualTo(now.held());
    Period that = new Period(Optional.of(DAY), Optional.of(DAY));
    assertThat(totals(that, QueryFixture.NOW).settled()).isEqualTo(settled(10, 1, 3));

    long next = fixture.nextSeq(0);
    script.retract(3).seal().settle(ONE, neuron(9));
    fixture.process(script.records().stream().filter(each -> each.seq() >= next).toList());
    assertThat(totals(ALWAYS, QueryFixture.NOW).settled()).isEqualTo(settled(3, 1, 1));
  }

  /** A restatement names the refunds that there are, and none of those that it ends. */
  @Test
  void a_restated_ledger_has_the_refunds_that_the_contract_shows() {
    script.deposit(ONE.owner(), neuron(50)).transfer(ONE, neuron(50)).request(ONE, neuron(20)).seal();
    fixture.process(script.records());
    assertThat(totals(ALWAYS, QueryFixture.NOW).held()).isEqualTo(held(Optional.of(0L), 50, 20));

    long next = fixture.nextSeq(0);
    SubAccountState before = script.state(ONE.owner()).subAccounts().getFirst();
    PendingRefund refund = before.refunds().getFirst();
    script.restate(ONE.owner(), new LedgerState(true, neuron(0), List.of(new SubAccountState(ONE.provider(),
        ONE.service(), true, neuron(50), before.acknowledged(),
        List.of(new PendingRefund(refund.id(), neuron(5), refund.requestedAt(), false)))))).seal();
    fixture.process(script.records().stream().filter(each -> each.seq() >= next).toList());
    assertThat(totals(ALWAYS, QueryFixture.NOW).held()).isEqualTo(held(Optional.of(0L), 50, 5));

    long last = fixture.nextSeq(0);
    script.restate(ONE.owner(), new LedgerState(true, neuron(50), List.of())).seal();
    fixture.process(script.records().stream().filter(each -> each.seq() >= last).toList());
    assertThat(totals(ALWAYS, QueryFixture.NOW).held().pendingRefund()).isEqualTo(NeuronSum.ZERO);
  }

  private TotalsAnswer totals(Period period, BlockSelector selector) {
    return fixture.globalReads().answer(selector,
        (asOf, db) -> TotalsQueries.totals(period, asOf, selector.isPast(), db));
  }

  private static TotalsAnswer.Held held(Optional<Long> available, long locked, long pending) {
    return new TotalsAnswer.Held(available.map(TotalsIT::sum), sum(locked), sum(pending),
        sum(locked + available.orElse(0L)));
  }

  private static NeuronSum sum(long amount) {
    return NeuronSum.parse(String.valueOf(amount));
  }

  private static TotalsAnswer.Settled settled(long amount, long writtenOff, long settlements) {
    return new TotalsAnswer.Settled(sum(amount), sum(writtenOff), settlements);
  }

  private static Neuron neuron(long amount) {
    return Neuron.parse(String.valueOf(amount));
  }
}
