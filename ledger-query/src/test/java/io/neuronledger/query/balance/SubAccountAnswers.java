package io.neuronledger.query.balance;

import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.query.asof.Moment;
import io.neuronledger.query.scene.Stage;
import java.util.List;

/** Asks this package's question for the tests of others. */
public final class SubAccountAnswers {
  private SubAccountAnswers() {}

  public static SubAccountView one(Stage stage, SubAccountId id, Moment moment) {
    return stage.answers().answer(id.owner(), moment, (at, db) -> new BalanceQueries(Stage.JSON)
        .subAccount(id.owner(), id.provider(), id.service(), at, db)).subAccount();
  }

  public static List<SubAccountView> of(Stage stage, WalletAddress owner) {
    return stage.answers().answer(owner, Stage.NOW,
        (at, db) -> new BalanceQueries(Stage.JSON).subAccounts(owner, at, db)).subAccounts();
  }
}
