package io.neuronledger.query.audit;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.CopyRows;
import io.neuronledger.query.projection.LedgerEventRecord;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.Provenance;
import io.neuronledger.query.projection.UnnestRows;
import java.util.Optional;
import org.jooq.DSLContext;

/** The journal: one row per event that leaves balances, kept for ever, marked when the chain takes its block back. */
public final class EntryProjection implements Projection {
  /** A rewind is not of the block it makes room for: it stands, as the negated sum of what was taken back. */
  private static final String MARK_RETRACTED = """
      UPDATE entry SET retracted = TRUE FROM $rows AS gone (partition, from_block)
      WHERE entry.partition = gone.partition AND entry.block >= gone.from_block AND NOT entry.retracted
        AND entry.type <> 'ledger-rewound.v1'""";

  @Override
  public int project(Batch batch, DSLContext db) {
    UnnestRows gone = UnnestRows.of("int4", "int8");
    batch.retractions().forEach(retraction -> gone.add(retraction.partition(), retraction.fromBlock()));
    gone.write(db, MARK_RETRACTED);
    CopyRows entries =
        CopyRows.into("entry", "owner", "seq", "partition", "type", "provider", "service", "amount", "block",
        "block_time", "transaction_hash", "retracted", "record");
    batch.lines().forEach(line -> add(line, entries));
    return entries.write(db);
  }

  private static void add(LedgerEventRecord line, CopyRows entries) {
    switch (line.event()) {
      case LedgerEvent.Booked booked -> add(line, booked.cause(), entries);
      case LedgerEvent.Assigned assigned -> add(line, assigned.cause(), entries);
      case LedgerEvent.DiscrepancyFound _, LedgerEvent.DiscrepancyResolved _ -> { }
    }
  }

  private static void add(LedgerEventRecord line, Cause cause, CopyRows entries) {
    LedgerEvent event = line.event();
    Optional<SubAccountId> subAccount = Facts.subAccount(event);
    boolean retracted = line.dropped() && !(event instanceof LedgerEvent.LedgerRewound);
    entries.add(line.owner(), line.seq(), line.partition(), StoredNames.of(event),
        subAccount.map(SubAccountId::provider),
        subAccount.map(SubAccountId::service), Facts.amount(event), cause.position().block(), cause.blockTime(),
        Provenance.transactionHash(cause), retracted, line.published().bytes());
  }
}
