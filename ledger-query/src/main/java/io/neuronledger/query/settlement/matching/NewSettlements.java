package io.neuronledger.query.settlement.matching;

import static io.neuronledger.query.db.Tables.SETTLEMENT;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.asof.SealedRecords;
import io.neuronledger.query.projection.CopyRows;
import io.neuronledger.query.projection.LedgerEventRecord;
import io.neuronledger.query.projection.Provenance;
import io.neuronledger.query.settlement.matching.Matching.Claim;
import io.neuronledger.query.settlement.matching.Matching.Match;
import io.neuronledger.query.settlement.matching.MatchingRows.ClaimRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;

/** The settlements of a batch. A settlement whose block the batch also seals is written once, with its match. */
public final class NewSettlements {
  private static final Field<?>[] COLUMNS = MatchColumns.after(SETTLEMENT.PARTITION, SETTLEMENT.SEQ, SETTLEMENT.OWNER,
      SETTLEMENT.PROVIDER, SETTLEMENT.SERVICE, SETTLEMENT.BLOCK, SETTLEMENT.TRANSACTION_INDEX, SETTLEMENT.STEP,
      SETTLEMENT.BRANCH, SETTLEMENT.BLOCK_HASH, SETTLEMENT.BLOCK_TIME, SETTLEMENT.TRANSACTION_HASH,
      SETTLEMENT.LOG_INDEX, SETTLEMENT.NONCE, SETTLEMENT.ASKED, SETTLEMENT.AMOUNT, SETTLEMENT.WRITTEN_OFF,
      SETTLEMENT.RETRACTED);

  private final Map<ClaimRow, LedgerEventRecord> lines = new LinkedHashMap<>();
  private final Map<SubAccountId, List<ClaimRow>> sealed = new HashMap<>();

  /**
   * @param lines of the batch; those of other events are ignored
   * @param touched receives the settlements that change what others cover; a settlement that was retracted within its
   *     batch does so too, as in a batch of its own
   */
  public NewSettlements(List<LedgerEventRecord> lines, SealedRecords seals, DirtyRange touched) {
    for (LedgerEventRecord line : lines) {
      if (line.event() instanceof LedgerEvent.FeesSettled event) {
        add(line, event, !line.dropped() && seals.include(line.partition(), line.seq(), line.owner()), touched);
      }
    }
  }

  private void add(LedgerEventRecord line, LedgerEvent.FeesSettled event, boolean isSealed, DirtyRange touched) {
    Cause cause = event.cause();
    ClaimRow row = new ClaimRow(line.partition(), line.seq(),
        new Claim(new SettlementId(cause.position(), cause.branch()), event.amount(), event.writtenOff()));
    lines.put(row, line);
    if (isSealed) {
      sealed.computeIfAbsent(event.subAccount(), _ -> new ArrayList<>()).add(row);
    }
    if (isSealed || line.dropped()) {
      touched.settlement(event.subAccount(), line.partition(), cause.position());
    }
  }

  /** The sealed settlements of a sub-account, in the order of the batch. */
  List<ClaimRow> sealed(SubAccountId subAccount) {
    return sealed.getOrDefault(subAccount, List.of());
  }

  boolean contains(ClaimRow row) {
    return lines.containsKey(row);
  }

  /** @param matches may have those of stored settlements too */
  int write(Map<ClaimRow, Match> matches, DSLContext db) {
    CopyRows rows = CopyRows.into(SETTLEMENT, COLUMNS);
    lines.forEach((row, line) -> rows.add(MatchColumns.after(facts(line, (LedgerEvent.FeesSettled) line.event()),
        Optional.ofNullable(matches.get(row)))));
    return rows.write(db);
  }

  private static Object[] facts(LedgerEventRecord line, LedgerEvent.FeesSettled event) {
    Cause cause = event.cause();
    return new Object[] {line.partition(), line.seq(), event.owner(), event.subAccount().provider(),
        event.subAccount().service(), cause.position().block(), cause.position().transaction(), cause.position().step(),
        cause.branch(), cause.blockHash(), cause.blockTime(), Provenance.transactionHash(cause),
        Provenance.logIndex(cause), event.nonce().map(nonce -> new BigDecimal(nonce.value())), event.asked(),
        event.amount(), event.writtenOff(), line.dropped()};
  }
}
