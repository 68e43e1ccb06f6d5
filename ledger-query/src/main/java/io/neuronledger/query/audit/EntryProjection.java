package io.neuronledger.query.audit;

import static io.neuronledger.query.db.Tables.ENTRY;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.audit.journal.EntryTypes;
import io.neuronledger.query.audit.journal.EvidenceKind;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.CopyRows;
import io.neuronledger.query.projection.EntryPayload;
import io.neuronledger.query.projection.LedgerEventRecord;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.Provenance;
import io.neuronledger.query.projection.UnnestRows;
import java.util.Optional;
import org.jooq.DSLContext;

/** Projects the journal: one row per event with balances, kept forever, and marked when its block is retracted. */
public final class EntryProjection implements Projection {
  /** A rewind does not belong to the retracted blocks: it stays valid, as the negated sum of the retracted entries. */
  private static final String MARK_RETRACTED = """
      UPDATE entry SET retracted = TRUE FROM $rows AS retraction ($columns)
      WHERE entry.partition = retraction.partition AND entry.block >= retraction.from_block AND NOT entry.retracted
        AND entry.type <> 'ledger-rewound.v1'""";

  @Override
  public int project(Batch batch, DSLContext db) {
    UnnestRows retractions = batch.retractionRows();
    retractions.write(db, MARK_RETRACTED);
    CopyRows entries =
        CopyRows.into(ENTRY, ENTRY.OWNER, ENTRY.SEQ, ENTRY.PARTITION, ENTRY.TYPE, ENTRY.PROVIDER, ENTRY.SERVICE,
            ENTRY.AMOUNT, ENTRY.BLOCK, ENTRY.BLOCK_TIME, ENTRY.TRANSACTION_HASH, ENTRY.EVIDENCE,
            ENTRY.RETRACTED, ENTRY.PAYLOAD);
    batch.lines().forEach(line -> add(line, entries));
    return entries.write(db);
  }

  private static void add(LedgerEventRecord line, CopyRows entries) {
    switch (line.event()) {
      case LedgerEvent.Booked booked -> add(line, booked.cause(), entries);
      case LedgerEvent.Assigned assigned -> add(line, assigned.cause(), entries);
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.BreachDecision _ -> { }
    }
  }

  private static void add(LedgerEventRecord line, Cause cause, CopyRows entries) {
    LedgerEvent event = line.event();
    Optional<SubAccountId> subAccount = Facts.subAccount(event);
    Optional<String> evidence =
        Optional.of(EvidenceKind.of(cause)).filter(kind -> kind != EvidenceKind.NONE).map(EvidenceKind::word);
    boolean retracted = line.dropped() && !(event instanceof LedgerEvent.LedgerRewound);
    entries.add(line.owner(), line.seq(), line.partition(), EntryTypes.of(event),
        subAccount.map(SubAccountId::provider),
        subAccount.map(SubAccountId::service), Facts.amount(event), line.block().orElseThrow(), cause.blockTime(),
        Provenance.transactionHash(cause), evidence, retracted, EntryPayload.of(line));
  }
}
