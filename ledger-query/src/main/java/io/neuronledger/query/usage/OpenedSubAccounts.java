package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.SUB_ACCOUNT;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT_STATE;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;

import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.asof.ReadPoint;
import java.util.HashSet;
import java.util.Set;
import org.jooq.DSLContext;

/** Finds the sub-accounts of an owner that were ever open up to the read point. */
final class OpenedSubAccounts {
  private OpenedSubAccounts() {}

  static Set<SubAccountId> of(WalletAddress owner, ReadPoint at, DSLContext db) {
    return new HashSet<>(db.select(SUB_ACCOUNT.PROVIDER, SUB_ACCOUNT.SERVICE).from(SUB_ACCOUNT)
        .where(SUB_ACCOUNT.OWNER.eq(owner), exists(selectOne().from(SUB_ACCOUNT_STATE)
            .where(SUB_ACCOUNT_STATE.OWNER.eq(SUB_ACCOUNT.OWNER), SUB_ACCOUNT_STATE.PROVIDER.eq(SUB_ACCOUNT.PROVIDER),
                SUB_ACCOUNT_STATE.SERVICE.eq(SUB_ACCOUNT.SERVICE), SUB_ACCOUNT_STATE.OPEN.isTrue(),
                at.sees(SUB_ACCOUNT_STATE))))
        .fetch(row -> new SubAccountId(owner, row.value1(), row.value2())));
  }
}
