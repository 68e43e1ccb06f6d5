package io.neuronledger.query.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import org.junit.jupiter.api.Test;

/** Each block's state of an account, queried by {@code at_block}. */
class BalanceHistoryIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final SubAccountId SUB_ACCOUNT =
      new SubAccountId(OWNER, Wallets.wallet(7), ServiceName.of("inference-v1.0"));

  private final BalanceQueries queries = new BalanceQueries(QueryFixture.JSON);

  @Test
  void each_block_has_its_own_state() {
    try (QueryFixture fixture = new QueryFixture(1)) {
      AccountEventScript script = AccountEventScript.started(0, 1).deposit(OWNER, Neuron.ofZeroG("10")).seal()
          .transfer(SUB_ACCOUNT, Neuron.ofZeroG("4")).request(SUB_ACCOUNT, Neuron.ofZeroG("4")).seal()
          .seal(200).deposit(OWNER, Neuron.ofZeroG("1"));
      fixture.process(script.records());

      assertThat(ledger(fixture, 1).available()).isEqualTo(Neuron.ofZeroG("10"));
      assertThat(ledger(fixture, 2).available()).isEqualTo(Neuron.ofZeroG("6"));
      assertThat(ledger(fixture, 202).total()).isEqualTo(Neuron.ofZeroG("10"));
      assertThat(fixture.ownerReads().answer(OWNER, QueryFixture.NOW, (at, db) -> queries.ledger(OWNER, at, db)).asOf()
          .block())
          .isEqualTo(202);
    }
  }

  @Test
  void a_ledger_that_was_opened_later_holds_nothing_and_says_so() {
    WalletAddress never = Wallets.wallet(2);
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(AccountEventScript.started(0, 1).seal(2).deposit(OWNER, Neuron.ofZeroG("10")).seal().records());

      LedgerView before = ledger(fixture, 2);
      assertThat(before.state()).isEqualTo(LedgerView.State.NOT_OPENED);
      assertThat(before.available()).isEqualTo(Neuron.ZERO);
      assertThat(before.total()).isEqualTo(Neuron.ZERO);
      assertThat(fixture.ownerReads().answer(OWNER, QueryFixture.at(2), (at, db) -> queries.subAccounts(OWNER, at, db))
          .subAccounts()).isEmpty();
      assertThat(ledger(fixture, 3).state()).isEqualTo(LedgerView.State.OPEN);
      assertThatThrownBy(() -> fixture.ownerReads().answer(never, QueryFixture.at(2),
          (at, db) -> queries.ledger(never, at, db))).isInstanceOfSatisfying(Refusal.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.LEDGER_NOT_FOUND));
    }
  }

  private LedgerView ledger(QueryFixture fixture, long block) {
    return fixture.ownerReads().answer(OWNER, QueryFixture.at(block), (at, db) -> queries.ledger(OWNER, at, db));
  }
}
