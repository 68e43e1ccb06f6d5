package io.neuronledger.query.settlement;

import static io.neuronledger.query.db.Tables.SETTLEMENT;
import static io.neuronledger.query.db.Tables.USAGE_METER;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.view.settlement.SettlementAnswer;
import io.neuronledger.contracts.view.settlement.SettlementView;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import io.neuronledger.query.settlement.matching.Definition;
import io.neuronledger.query.settlement.matching.Definition.Covered;
import io.neuronledger.query.settlement.matching.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import org.jooq.DSLContext;

/**
 * The matches equal the definition, for any order of reports, reversals, settlements, seals and forks, any
 * division into batches, and repeated batches.
 */
class SettlementProjectionPropertiesIT {
  private static final int TRIES = 150;
  private static final ServiceName SERVICE = ServiceName.of("inference-v1.0");

  private QueryFixture fixture = new QueryFixture(1);
  private final SubAccountId one = new SubAccountId(Wallets.wallet(1), Wallets.wallet(7), SERVICE);
  private final SubAccountId other = new SubAccountId(Wallets.wallet(1), Wallets.wallet(8), SERVICE);

  @AfterProperty
  void close() {
    fixture.close();
  }

  /** A step of a history; numbers that its kind does not need are ignored. */
  record Step(Kind kind, boolean other, int minute, int amount, int rest) {}

  enum Kind {
    REPORT, REVERSE, SETTLE, SEAL, RETRACT, DELIVER, DELIVER_AGAIN
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void matching_depends_on_the_recorded_events_only(@ForAll("histories") List<Step> steps) {
    fixture.close();
    fixture = new QueryFixture(1);
    History history = new History(0, 1);
    int delivered = 0;
    int before = 0;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      SubAccountId subAccount = step.other() ? other : one;
      switch (step.kind()) {
        case REPORT -> history.report(subAccount,
            Meters.line("r" + i, Chain.GENESIS.plusSeconds(60L * step.minute()), step.amount()));
        case REVERSE -> history.reverse(subAccount, step.minute());
        case SETTLE -> history.settle(subAccount, step.amount() * 2L, step.rest() % 2);
        case SEAL -> history.seal();
        case RETRACT -> history.retract(step.rest());
        case DELIVER, DELIVER_AGAIN -> {
          List<AccountRecord> records = history.records();
          fixture.process(records.subList(step.kind() == Kind.DELIVER ? delivered : before, records.size()));
          before = delivered;
          delivered = records.size();
          check(history);
        }
      }
    }
    history.seal();
    fixture.process(history.records().subList(delivered, history.records().size()));
    check(history);
    checkAnswers(history);
  }

  private void check(History history) {
    check(history, one, fixture.db());
    check(history, other, fixture.db());
  }

  private static void check(History history, SubAccountId subAccount, DSLContext db) {
    Definition expected = history.expected(subAccount);
    List<Covered> covered = expected.covered();
    List<SettlementView> stored = SettlementQueries.settlements(db)
        .where(SETTLEMENT.OWNER.eq(subAccount.owner()), SETTLEMENT.PROVIDER.eq(subAccount.provider()),
            SETTLEMENT.STATE.isNotNull())
        .orderBy(SETTLEMENT.BLOCK, SETTLEMENT.TRANSACTION_INDEX, SETTLEMENT.STEP)
        .fetch(SettlementQueries::view);
    assertThat(stored).extracting(SettlementView::id)
        .isEqualTo(covered.stream().map(each -> each.settlement()).toList());
    for (int i = 0; i < stored.size(); i++) {
      SettlementView view = stored.get(i);
      Covered definition = covered.get(i);
      assertThat(view.state().word()).isEqualTo(definition.state());
      assertThat(view.requests()).isEqualTo(definition.requests().size());
      assertThat(view.feeSum().value()).isEqualTo(definition.feeSum());
      assertThat(view.difference().value()).isEqualTo(definition.difference());
      assertThat(view.inside().value()).isEqualTo(definition.inside());
      assertThat(view.unreported().value()).isEqualTo(definition.unreported());
    }
    db.selectFrom(USAGE_METER).where(USAGE_METER.OWNER.eq(subAccount.owner()),
        USAGE_METER.PROVIDER.eq(subAccount.provider())).forEach(meter -> {
      assertThat(meter.get(USAGE_METER.USED).value()).isEqualTo(expected.used());
      assertThat(meter.get(USAGE_METER.SETTLED).value()).isEqualTo(expected.settled());
      assertThat(meter.get(USAGE_METER.WRITTEN_OFF).value()).isEqualTo(expected.writtenOff());
    });
  }

  /** The requests in a settlement's answer equal those of the definition, in order. */
  private void checkAnswers(History history) {
    SettlementQueries queries = new SettlementQueries();
    List<Covered> all = new ArrayList<>(history.expected(one).covered());
    all.addAll(history.expected(other).covered());
    for (Covered covered : all) {
      SettlementAnswer answer = fixture.ownerReads().answer(one.owner(), QueryFixture.NOW,
          (at, db) -> queries.one(one.owner(), covered.settlement(), new Page(500, Optional.empty()), at, db));
      assertThat(answer.matchedRequests()).extracting(request -> request.requestId().value())
          .isEqualTo(covered.requests());
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Kind> kinds = Arbitraries.frequency(Tuple.of(10, Kind.REPORT),
        Tuple.of(3, Kind.REVERSE), Tuple.of(5, Kind.SETTLE), Tuple.of(4, Kind.SEAL),
        Tuple.of(1, Kind.RETRACT), Tuple.of(4, Kind.DELIVER),
        Tuple.of(1, Kind.DELIVER_AGAIN));
    return Combinators.combine(kinds, Arbitraries.of(true, false, false), Arbitraries.integers().between(0, 30),
        Arbitraries.integers().between(0, 6), Arbitraries.integers().between(0, 3)).as(Step::new)
        .list().ofMinSize(5).ofMaxSize(60);
  }
}
