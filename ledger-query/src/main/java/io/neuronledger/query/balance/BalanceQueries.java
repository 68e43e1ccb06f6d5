package io.neuronledger.query.balance;

import static io.neuronledger.query.db.Tables.LEDGER_STATE;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.LedgerDetails;
import io.neuronledger.contracts.view.LedgerView;
import io.neuronledger.contracts.view.SubAccountAnswer;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.contracts.view.SubAccountsAnswer;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.ReadPoint;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import tools.jackson.databind.json.JsonMapper;

/** Reads an owner's balances at a read point, with one index lookup per account. */
public final class BalanceQueries {
  private final SubAccountQueries subAccounts;

  public BalanceQueries(JsonMapper json) {
    this.subAccounts = new SubAccountQueries(json);
  }

  LedgerView ledger(WalletAddress owner, ReadPoint at, DSLContext db) {
    Optional<LedgerView> found = find(owner, at, db);
    if (found.isEmpty() && at.past() && wasOpen(LEDGER_STATE.OWNER.eq(owner).and(at.seesToday(LEDGER_STATE)), db)) {
      return new LedgerView(at.asOf(), at.quarantined(), owner, LedgerView.State.NOT_OPENED, Neuron.ZERO, Neuron.ZERO,
          Neuron.ZERO, Optional.empty());
    }
    return found.orElseThrow(() -> notFound(owner, at));
  }

  /** The refusal where the owner has no ledger. */
  public static Refusal notFound(WalletAddress owner, ReadPoint at) {
    return Refusal.at(at.asOf(), ProblemCode.LEDGER_NOT_FOUND,
        "no ledger of " + owner + " was opened up to block " + at.block());
  }

  /** The owner's ledger; empty where none was opened up to the block. */
  public Optional<LedgerView> find(WalletAddress owner, ReadPoint at, DSLContext db) {
    return db.selectFrom(LEDGER_STATE)
        .where(visible(owner, at))
        .orderBy(ReadPoint.newestFirst(LEDGER_STATE))
        .limit(1)
        .fetchOptional()
        .filter(state -> state.get(LEDGER_STATE.OPEN) || wasOpen(visible(owner, at), db))
        .map(state -> new LedgerView(at.asOf(), at.quarantined(), owner,
            state.get(LEDGER_STATE.OPEN) ? LedgerView.State.OPEN : LedgerView.State.CLOSED,
            state.get(LEDGER_STATE.AVAILABLE), state.get(LEDGER_STATE.LOCKED),
            state.get(LEDGER_STATE.AVAILABLE).plus(state.get(LEDGER_STATE.LOCKED)), Optional.empty()));
  }

  /** The owner's open sub-accounts, by service, then provider. */
  public List<SubAccountView> open(WalletAddress owner, ReadPoint at, DSLContext db) {
    return subAccounts.all(owner, at, db);
  }

  /** The sub-account, where it is open. */
  public Optional<SubAccountView> open(SubAccountId id, ReadPoint at, DSLContext db) {
    return subAccounts.one(id.owner(), id.provider(), id.service(), at, db);
  }

  LedgerView detailedLedger(WalletAddress owner, ReadPoint at, DSLContext db) {
    return ledger(owner, at, db).with(LedgerDetails.of(subAccounts.all(owner, at, db)));
  }

  SubAccountsAnswer subAccounts(WalletAddress owner, ReadPoint at, DSLContext db) {
    List<SubAccountView> open = subAccounts.all(owner, at, db);
    if (open.isEmpty()) {
      requireLedger(owner, at, db);
    }
    return new SubAccountsAnswer(at.asOf(), at.quarantined(), owner, open);
  }

  SubAccountAnswer subAccount(WalletAddress owner, WalletAddress provider, ServiceName service, ReadPoint at,
      DSLContext db) {
    Optional<SubAccountView> open = subAccounts.one(owner, provider, service, at, db);
    if (open.isEmpty()) {
      requireLedger(owner, at, db);
    }
    if (open.isEmpty() && subAccounts.isOpenedLater(owner, provider, service, at, db)) {
      return new SubAccountAnswer(at.asOf(), at.quarantined(), owner, SubAccountAnswer.State.NOT_OPENED,
          SubAccountView.notOpened(provider, service));
    }
    return new SubAccountAnswer(at.asOf(), at.quarantined(), owner, SubAccountAnswer.State.OPEN,
        open.orElseThrow(() -> Refusal.at(at.asOf(), ProblemCode.SUB_ACCOUNT_NOT_FOUND, owner
            + " has no open sub-account at " + provider + " for " + service + " at block " + at.block())));
  }

  /** An open sub-account has a ledger; only an owner without any may have none. */
  private void requireLedger(WalletAddress owner, ReadPoint at, DSLContext db) {
    ledger(owner, at, db);
  }

  /** Whether the ledger was open in any of these states or before. */
  private static boolean wasOpen(Condition states, DSLContext db) {
    return db.fetchExists(db.selectFrom(LEDGER_STATE).where(states).and(LEDGER_STATE.WAS_OPEN));
  }

  private static Condition visible(WalletAddress owner, ReadPoint at) {
    return LEDGER_STATE.OWNER.eq(owner).and(at.sees(LEDGER_STATE));
  }
}
