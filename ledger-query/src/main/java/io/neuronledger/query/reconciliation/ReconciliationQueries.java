package io.neuronledger.query.reconciliation;

import static io.neuronledger.query.db.Tables.ENTRY;
import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.RECONCILIATION_RUN;
import static io.neuronledger.query.db.Tables.RESTATEMENT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.reconciliation.ReconciliationAnswer;
import io.neuronledger.contracts.view.reconciliation.ReconciliationRun;
import io.neuronledger.contracts.view.reconciliation.ReconciliationsPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.projection.EntryPayload;
import io.neuronledger.query.request.Page;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;

/**
 * Answers questions about comparisons with the contract. In each partition, the differences and the end of a run follow
 * the seal of its block, and a second seal of the block follows the end. Partition 0 represents all once every
 * partition has sealed after the end.
 */
public final class ReconciliationQueries {
  private static final String RUNS = "reconciliations1";
  private static final String DIFFERENCES = "restatements1";
  private static final int REPRESENTATIVE_PARTITION = 0;
  private static final Field<Integer> DIFFERENT = field(select(count()).from(RESTATEMENT)
      .where(RESTATEMENT.RUN.eq(RECONCILIATION_RUN.RUN), RESTATEMENT.BLOCK.eq(RECONCILIATION_RUN.BLOCK),
          RESTATEMENT.RETRACTED.eq(RECONCILIATION_RUN.RETRACTED))).as("different");

  private static final io.neuronledger.query.db.tables.ReconciliationRun ENDED = RECONCILIATION_RUN.as("ended");
  private static final Condition ENDED_IN_EVERY_PARTITION = field(select(count()).from(ENDED)
      .join(PARTITION).on(PARTITION.PARTITION_.eq(ENDED.PARTITION), Visibility.sealed(ENDED.SEQ))
      .where(ENDED.RUN.eq(RECONCILIATION_RUN.RUN), ENDED.BLOCK.eq(RECONCILIATION_RUN.BLOCK), ENDED.RETRACTED.isFalse()))
      .eq(select(count()).from(PARTITION));

  /** A page of the comparisons that have ended in every partition, the newest block first. */
  public ReconciliationsPage page(Page page, AsOf asOf, DSLContext db) {
    Condition after = page.after(RUNS, 2).map(ReconciliationQueries::older).orElse(noCondition());
    List<Record> rows = List.copyOf(runs(visible(asOf).and(after), db)
        .orderBy(RECONCILIATION_RUN.BLOCK.desc(), RECONCILIATION_RUN.SEQ.desc()).limit(page.limit() + 1).fetch());
    List<ReconciliationRun> shown = rows.stream().limit(page.limit()).map(ReconciliationQueries::run).toList();
    return new ReconciliationsPage(asOf, shown, rows.size() > page.limit(), rows.size() > page.limit()
        ? Optional.of(Page.cursor(RUNS, String.valueOf(shown.getLast().block()),
            rows.get(page.limit() - 1).get(RECONCILIATION_RUN.SEQ).toString()))
        : Optional.empty());
  }

  /** The runs that have ended in every partition; retracted runs are included. */
  private static Condition visible(AsOf asOf) {
    return RECONCILIATION_RUN.PARTITION.eq(REPRESENTATIVE_PARTITION)
        .and(exists(selectFrom(PARTITION).where(PARTITION.PARTITION_.eq(RECONCILIATION_RUN.PARTITION),
            Visibility.sees(RECONCILIATION_RUN.SEQ, RECONCILIATION_RUN.BLOCK, val(asOf.block())))))
        .and(RECONCILIATION_RUN.BLOCK.lt(asOf.block()).or(RECONCILIATION_RUN.RETRACTED).or(ENDED_IN_EVERY_PARTITION));
  }

  private static Condition older(List<String> after) {
    try {
      return row(RECONCILIATION_RUN.BLOCK, RECONCILIATION_RUN.SEQ)
          .lt(Long.parseLong(after.get(0)), Long.parseLong(after.get(1)));
    } catch (NumberFormatException e) {
      throw Page.badCursor();
    }
  }

  private static SelectConditionStep<Record> runs(Condition wanted, DSLContext db) {
    return db.select(RECONCILIATION_RUN.asterisk(), DIFFERENT).from(RECONCILIATION_RUN).where(wanted);
  }

  private static ReconciliationRun run(Record row) {
    long owners = row.get(RECONCILIATION_RUN.OWNERS);
    long different = row.get(DIFFERENT);
    return new ReconciliationRun(row.get(RECONCILIATION_RUN.RUN), row.get(RECONCILIATION_RUN.BLOCK),
        row.get(RECONCILIATION_RUN.BRANCH), row.get(RECONCILIATION_RUN.BLOCK_HASH),
        row.get(RECONCILIATION_RUN.BLOCK_TIME), owners, owners - different, different,
        row.get(RECONCILIATION_RUN.HELD), row.get(RECONCILIATION_RUN.OWED),
        row.get(RECONCILIATION_RUN.HELD).compareTo(row.get(RECONCILIATION_RUN.OWED)) >= 0,
        row.get(RECONCILIATION_RUN.RETRACTED));
  }

  /** Returns the last run with this name; a run whose block was retracted may have been repeated under its name. */
  ReconciliationAnswer one(String name, Page page, AsOf asOf, DSLContext db) {
    ReconciliationRun run = runs(visible(asOf).and(RECONCILIATION_RUN.RUN.eq(name)), db)
        .orderBy(RECONCILIATION_RUN.SEQ.desc()).limit(1).fetchOptional().map(ReconciliationQueries::run)
        .orElseThrow(() -> Refusal.at(asOf, ProblemCode.RECONCILIATION_NOT_FOUND,
            "no comparison of this name has ended up to block " + asOf.block()));
    Condition after = page.after(DIFFERENCES, 2).map(ReconciliationQueries::later).orElse(noCondition());
    List<Record> rows = List.copyOf(db.select(RESTATEMENT.fields()).select(ENTRY.fields())
        .from(RESTATEMENT)
        .join(ENTRY).on(ENTRY.OWNER.eq(RESTATEMENT.OWNER), ENTRY.SEQ.eq(RESTATEMENT.SEQ))
        .where(RESTATEMENT.RUN.eq(name), RESTATEMENT.BLOCK.eq(run.block()),
            RESTATEMENT.RETRACTED.eq(run.retracted()), after)
        .orderBy(RESTATEMENT.OWNER, RESTATEMENT.SEQ).limit(page.limit() + 1).fetch());
    List<Record> shown = rows.subList(0, Math.min(page.limit(), rows.size()));
    return new ReconciliationAnswer(asOf, run, shown.stream().map(ReconciliationQueries::difference).toList(),
        rows.size() > page.limit(), rows.size() > page.limit()
            ? Optional.of(Page.cursor(DIFFERENCES, shown.getLast().get(RESTATEMENT.OWNER).value(),
                shown.getLast().get(RESTATEMENT.SEQ).toString()))
            : Optional.empty());
  }

  private static Condition later(List<String> after) {
    try {
      return row(RESTATEMENT.OWNER, RESTATEMENT.SEQ)
          .gt(WalletAddress.parse(after.get(0)), Long.valueOf(after.get(1)));
    } catch (IllegalArgumentException e) {
      throw Page.badCursor();
    }
  }

  private static ReconciliationAnswer.Difference difference(Record row) {
    LedgerEvent stored = EntryPayload.read(row).event();
    if (!(stored instanceof LedgerEvent.LedgerRestated restated)) {
      throw new IllegalStateException("not a restatement: " + stored);
    }
    return new ReconciliationAnswer.Difference(row.get(RESTATEMENT.OWNER),
        row.get(RESTATEMENT.PARTITION) + "-" + row.get(RESTATEMENT.SEQ), restated.postings());
  }
}
