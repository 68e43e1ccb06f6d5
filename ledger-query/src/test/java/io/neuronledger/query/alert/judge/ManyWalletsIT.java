package io.neuronledger.query.alert.judge;

import static io.neuronledger.query.alert.judge.Judging.neuron;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.view.alert.AlertRuleView;
import io.neuronledger.query.alert.store.AlertStore;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Plans;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/** A rule about all of 100,000 wallets, of which a block changes one. */
class ManyWalletsIT {
  private static final int WALLETS = 100_000;
  private static final int MANY = 1_000;
  private static final long ROWS_MAX = 100;

  @Test
  void a_block_that_changes_one_wallet_reads_this_one() {
    try (Judging judging = new Judging(1, Judging.NEVER, MANY)) {
      QueryFixture fixture = judging.fixture();
      AccountEventScript script = AccountEventScript.started(0, 1);
      for (int i = 1; i <= WALLETS; i++) {
        script.deposit(Wallets.wallet(i), neuron(100));
      }
      judging.process(script.seal());
      fixture.owner().execute("ANALYZE");
      AlertRuleView rule = judging.below(50, 50);
      judging.round();
      assertThat(judging.words()).isEmpty();
      fixture.process(script.withdraw(Wallets.wallet(77), neuron(60)).seal().records().stream()
          .filter(each -> each.seq() >= fixture.nextSeq(0)).toList());
      judging.head(2);

      List<String> statements = new ArrayList<>();
      DSLContext reader = fixture.reader();
      AlertStore store = judging.store();
      var changed = Plans.recording(reader, statements, store::changed);
      assertThat(changed).containsExactly(Wallets.wallet(77));
      Point at = new Point(fixture.globalReads().answer(QueryFixture.NOW, (asOf, _) -> asOf), judging.clock.instant(),
          Optional.of(changed));
      List<Finding> found =
          Plans.recording(reader, statements, db -> OwnerConditions.balance(rule, at, Set.of(), db));
      assertThat(found).hasSize(1);
      assertThat(statements).hasSize(2).allSatisfy(statement ->
          assertThat(Plans.rowsRead(reader, statement)).as(statement).isLessThan(ROWS_MAX));
      judging.round();
      assertThat(judging.words()).containsExactly("raised 40 at 2");
    }
  }
}
