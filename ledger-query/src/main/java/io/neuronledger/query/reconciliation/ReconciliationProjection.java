package io.neuronledger.query.reconciliation;

import static io.neuronledger.query.db.Tables.RECONCILIATION_RUN;
import static io.neuronledger.query.db.Tables.RESTATEMENT;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.CopyRows;
import io.neuronledger.query.projection.LedgerEventRecord;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.UnnestRows;
import org.jooq.DSLContext;

/** Projects ended comparisons and restatements; a retraction marks those of its blocks. */
public final class ReconciliationProjection implements Projection {
  private static final String RETRACT_RUNS = """
      UPDATE reconciliation_run SET retracted = TRUE FROM $rows AS retraction ($columns)
      WHERE reconciliation_run.partition = retraction.partition AND reconciliation_run.block >= retraction.from_block
        AND NOT reconciliation_run.retracted""";
  private static final String RETRACT_RESTATEMENTS = """
      UPDATE restatement SET retracted = TRUE FROM $rows AS retraction ($columns)
      WHERE restatement.partition = retraction.partition AND restatement.block >= retraction.from_block
        AND NOT restatement.retracted""";

  @Override
  public int project(Batch batch, DSLContext db) {
    UnnestRows retractions = batch.retractionRows();
    retractions.write(db, RETRACT_RUNS);
    retractions.write(db, RETRACT_RESTATEMENTS);
    CopyRows runs = CopyRows.into(RECONCILIATION_RUN, RECONCILIATION_RUN.PARTITION, RECONCILIATION_RUN.SEQ,
        RECONCILIATION_RUN.RUN, RECONCILIATION_RUN.BLOCK, RECONCILIATION_RUN.BRANCH, RECONCILIATION_RUN.BLOCK_HASH,
        RECONCILIATION_RUN.BLOCK_TIME, RECONCILIATION_RUN.OWNERS, RECONCILIATION_RUN.HELD, RECONCILIATION_RUN.OWED,
        RECONCILIATION_RUN.RETRACTED);
    for (Batch.Comparison comparison : batch.comparisons()) {
      PartitionEvent.ReconciliationEnded end = comparison.end();
      runs.add(comparison.partition(), comparison.seq(), end.run(), end.block(), end.branch(), end.blockHash(),
          end.blockTime(), end.owners(), end.held(), end.owed(), comparison.dropped());
    }
    CopyRows restatements = CopyRows.into(RESTATEMENT, RESTATEMENT.OWNER, RESTATEMENT.SEQ, RESTATEMENT.PARTITION,
        RESTATEMENT.RUN, RESTATEMENT.BLOCK, RESTATEMENT.RETRACTED);
    for (LedgerEventRecord line : batch.lines()) {
      if (line.event() instanceof LedgerEvent.LedgerRestated restated) {
        restatements.add(line.owner(), line.seq(), line.partition(), restated.run(),
            restated.cause().position().block(), line.dropped());
      }
    }
    return runs.write(db) + restatements.write(db);
  }
}
