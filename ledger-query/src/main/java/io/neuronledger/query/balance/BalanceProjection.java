package io.neuronledger.query.balance;

import static io.neuronledger.query.db.Tables.LEDGER_STATE;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT_STATE;

import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.CopyRows;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.ResultColumns;
import io.neuronledger.query.projection.UnnestRows;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import tools.jackson.databind.json.JsonMapper;

/**
 * Projects the state of each ledger and sub-account after each block that changed it. A batch takes a bounded number of
 * statements: rows of a span that an earlier batch may have upserts are upserted, all others are copied.
 */
public final class BalanceProjection implements Projection {
  private static final String DROP_LEDGERS = """
      DELETE FROM ledger_state USING $rows AS retraction ($columns)
      WHERE ledger_state.partition = retraction.partition AND ledger_state.block >= retraction.from_block""";
  private static final String DROP_SUB_ACCOUNTS = """
      DELETE FROM sub_account_state USING $rows AS retraction ($columns)
      WHERE sub_account_state.partition = retraction.partition AND sub_account_state.block >= retraction.from_block
      RETURNING owner, provider, service""";
  private static final String ASSIGN_LEDGERS = """
      INSERT INTO ledger_state ($columns)
      SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT ledger_state_pk DO UPDATE SET open = excluded.open,
        was_open = ledger_state.was_open OR excluded.was_open, available = excluded.available,
        locked = excluded.locked""";
  private static final String ADD_SUB_ACCOUNTS = """
      INSERT INTO sub_account ($columns) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT sub_account_pk DO NOTHING""";
  private static final String ASSIGN_SUB_ACCOUNTS = """
      INSERT INTO sub_account_state ($columns) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT sub_account_state_pk DO UPDATE SET open = excluded.open, balance = excluded.balance,
        pending_refund = excluded.pending_refund, acknowledged = excluded.acknowledged, refunds = excluded.refunds""";
  private static final String SET_REFUNDS_PENDING = """
      UPDATE sub_account SET refunds_pending = input.refunds_pending FROM $rows AS input ($columns)
      WHERE sub_account.owner = input.owner AND sub_account.provider = input.provider
        AND sub_account.service = input.service AND sub_account.refunds_pending <> input.refunds_pending""";
  private static final String DERIVE_REFUNDS_PENDING = """
      UPDATE sub_account SET refunds_pending = newest.pending
      FROM $rows AS input ($columns) CROSS JOIN LATERAL (
        SELECT coalesce((SELECT refunds <> '[]' FROM sub_account_state AS state
          WHERE state.owner = input.owner AND state.provider = input.provider AND state.service = input.service
          ORDER BY %s LIMIT 1), FALSE) AS pending) AS newest
      WHERE sub_account.owner = input.owner AND sub_account.provider = input.provider
        AND sub_account.service = input.service AND sub_account.refunds_pending <> newest.pending"""
      .formatted(Visibility.newestFirst("state"));
  private static final JSONB NO_REFUNDS = JSONB.valueOf("[]");
  private static final Field<?>[] LEDGERS = {LEDGER_STATE.OWNER, LEDGER_STATE.BLOCK, LEDGER_STATE.MARK_SEQ,
      LEDGER_STATE.PARTITION, LEDGER_STATE.OPEN, LEDGER_STATE.WAS_OPEN, LEDGER_STATE.AVAILABLE, LEDGER_STATE.LOCKED};
  private static final Field<?>[] SUB_ACCOUNTS = {SUB_ACCOUNT_STATE.OWNER, SUB_ACCOUNT_STATE.PROVIDER,
      SUB_ACCOUNT_STATE.SERVICE, SUB_ACCOUNT_STATE.BLOCK, SUB_ACCOUNT_STATE.MARK_SEQ, SUB_ACCOUNT_STATE.PARTITION,
      SUB_ACCOUNT_STATE.OPEN, SUB_ACCOUNT_STATE.BALANCE, SUB_ACCOUNT_STATE.PENDING_REFUND,
      SUB_ACCOUNT_STATE.ACKNOWLEDGED, SUB_ACCOUNT_STATE.REFUNDS};

  private final JsonMapper json;

  public BalanceProjection(JsonMapper json) {
    this.json = json;
  }

  @Override
  public int project(Batch batch, DSLContext db) {
    UnnestRows retractions = batch.retractionRows();
    retractions.write(db, DROP_LEDGERS);
    Set<SubAccountId> changed = new LinkedHashSet<>(retractions.read(db, DROP_SUB_ACCOUNTS, ResultColumns::subAccount));
    BlockStates states = new BlockStates(knownOf(BlockStates.wholeOwners(batch.lines()), db));
    batch.lines().forEach(states::apply);
    changed.addAll(states.subAccountIds());
    return writeLedgers(states, db) + writeSubAccounts(states, db)
        + writeRefundsPending(changed, states.refundsPending(), db);
  }

  /**
   * Call this after writing the states. If the batch has no state of a sub-account, because a retraction dropped it,
   * the newest stored state decides.
   *
   * @param pending whether the newest state of this batch has refunds, by sub-account
   */
  private static int writeRefundsPending(Set<SubAccountId> changed, Map<SubAccountId, Boolean> pending, DSLContext db) {
    UnnestRows known = UnnestRows.of(SUB_ACCOUNT.OWNER, SUB_ACCOUNT.PROVIDER, SUB_ACCOUNT.SERVICE,
        SUB_ACCOUNT.REFUNDS_PENDING);
    UnnestRows unknown = UnnestRows.of(SUB_ACCOUNT.OWNER, SUB_ACCOUNT.PROVIDER, SUB_ACCOUNT.SERVICE);
    for (SubAccountId id : changed) {
      Boolean hasRefunds = pending.get(id);
      if (hasRefunds == null) {
        unknown.add(id.owner(), id.provider(), id.service());
      } else {
        known.add(id.owner(), id.provider(), id.service(), hasRefunds);
      }
    }
    return known.write(db, SET_REFUNDS_PENDING) + unknown.write(db, DERIVE_REFUNDS_PENDING);
  }

  private int writeLedgers(BlockStates states, DSLContext db) {
    UnnestRows upserts = UnnestRows.of(LEDGERS);
    CopyRows inserts = CopyRows.into(LEDGER_STATE, LEDGERS);
    states.ledgers().forEach((at, row) -> (states.mayHaveBegunBefore(row.partition(), at.markSeq()) ? upserts : inserts)
        .add(at.owner(), at.block(), at.markSeq(), row.partition(), row.open(), row.wasOpen(), row.available(),
            row.locked()));
    return upserts.write(db, ASSIGN_LEDGERS) + inserts.write(db);
  }

  private int writeSubAccounts(BlockStates states, DSLContext db) {
    UnnestRows ids = UnnestRows.of(SUB_ACCOUNT.OWNER, SUB_ACCOUNT.PROVIDER, SUB_ACCOUNT.SERVICE);
    states.subAccountIds().forEach(id -> ids.add(id.owner(), id.provider(), id.service()));
    UnnestRows upserts = UnnestRows.of(SUB_ACCOUNTS);
    CopyRows inserts = CopyRows.into(SUB_ACCOUNT_STATE, SUB_ACCOUNTS);
    states.subAccounts().forEach((at, row) -> {
      SubAccountState state = row.state();
      (states.mayHaveBegunBefore(row.partition(), at.markSeq()) ? upserts : inserts)
          .add(at.id().owner(), at.id().provider(), at.id().service(), at.block(), at.markSeq(), row.partition(),
              state.open(), state.balance(), state.pendingRefund(), state.acknowledged(), refundsOf(state));
    });
    return ids.write(db, ADD_SUB_ACCOUNTS) + upserts.write(db, ASSIGN_SUB_ACCOUNTS) + inserts.write(db);
  }

  private JSONB refundsOf(SubAccountState state) {
    return state.refunds().isEmpty()
        ? NO_REFUNDS
        : JSONB.valueOf(json.writeValueAsString(state.refunds().stream().map(BalanceProjection::stored).toList()));
  }

  private static StoredRefund stored(PendingRefund refund) {
    return new StoredRefund(refund.id(), refund.amount(), refund.requestedAt());
  }

  private static Map<WalletAddress, Set<SubAccountId>> knownOf(Set<WalletAddress> owners, DSLContext db) {
    if (owners.isEmpty()) {
      return Map.of();
    }
    return db.selectFrom(SUB_ACCOUNT).where(SUB_ACCOUNT.OWNER.in(List.copyOf(owners)))
        .fetch(row -> new SubAccountId(row.get(SUB_ACCOUNT.OWNER), row.get(SUB_ACCOUNT.PROVIDER),
            row.get(SUB_ACCOUNT.SERVICE)))
        .stream().collect(Collectors.groupingBy(SubAccountId::owner, Collectors.toSet()));
  }
}
