package io.neuronledger.query.balance;

import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.query.asof.BlockSelector;
import io.neuronledger.query.fixture.QueryFixture;
import java.util.List;

/** Asks this package's question for the tests of others. */
public final class SubAccountAnswers {
  private SubAccountAnswers() {}

  public static SubAccountView one(QueryFixture stage, SubAccountId id, BlockSelector moment) {
    return stage.answers().answer(id.owner(), moment, (at, db) -> new BalanceQueries(QueryFixture.JSON)
        .subAccount(id.owner(), id.provider(), id.service(), at, db)).subAccount();
  }

  public static List<SubAccountView> of(QueryFixture stage, WalletAddress owner) {
    return stage.answers().answer(owner, QueryFixture.NOW,
        (at, db) -> new BalanceQueries(QueryFixture.JSON).subAccounts(owner, at, db)).subAccounts();
  }
}
