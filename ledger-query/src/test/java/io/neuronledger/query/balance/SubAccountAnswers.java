package io.neuronledger.query.balance;

import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.QueryFixture;
import java.util.List;

/** Runs this package's queries for the tests of other packages. */
public final class SubAccountAnswers {
  private SubAccountAnswers() {}

  public static SubAccountView one(QueryFixture fixture, SubAccountId id, BlockSelector selector) {
    return fixture.ownerReads().answer(id.owner(), selector, (at, db) -> new BalanceQueries(QueryFixture.JSON)
        .subAccount(id.owner(), id.provider(), id.service(), at, db)).subAccount();
  }

  public static List<SubAccountView> of(QueryFixture fixture, WalletAddress owner) {
    return fixture.ownerReads().answer(owner, QueryFixture.NOW,
        (at, db) -> new BalanceQueries(QueryFixture.JSON).subAccounts(owner, at, db)).subAccounts();
  }
}
