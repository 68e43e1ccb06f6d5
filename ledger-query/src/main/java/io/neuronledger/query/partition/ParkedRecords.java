package io.neuronledger.query.partition;

import static io.neuronledger.query.db.Tables.PARKED_RECORD;
import static io.neuronledger.query.db.Tables.PARTITION_RETRACTION;
import static io.neuronledger.query.db.Tables.QUARANTINE;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.RawBytes;
import io.neuronledger.query.partition.change.PartitionChanges;
import io.neuronledger.query.partition.change.Retracted;
import io.neuronledger.query.projection.LedgerEventRecord;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Loads and releases the records of owners that this service quarantined. */
public final class ParkedRecords {
  private ParkedRecords() {}

  /**
   * A parked record.
   *
   * @param markSeq the span it belongs to, so that late processing has the same result as processing in time
   */
  public record Parked(int partition, long seq, long markSeq, long offset, RawBytes value) {}

  /** The parked records of an owner, in partition order. */
  public static List<Parked> of(WalletAddress owner, DSLContext db) {
    return db.selectFrom(PARKED_RECORD).where(PARKED_RECORD.OWNER.eq(owner)).orderBy(PARKED_RECORD.SEQ)
        .fetch(row -> new Parked(row.get(PARKED_RECORD.PARTITION), row.get(PARKED_RECORD.SEQ),
            row.get(PARKED_RECORD.MARK_SEQ), row.get(PARKED_RECORD.KAFKA_OFFSET),
            new RawBytes(row.get(PARKED_RECORD.VALUE))));
  }

  /** The lines, each marked as dropped if a later retraction of its partition dropped it while it was parked. */
  public static List<LedgerEventRecord> marked(int partition, List<LedgerEventRecord> lines, DSLContext db) {
    return Retracted.marked(lines, db.selectFrom(PARTITION_RETRACTION)
        .where(PARTITION_RETRACTION.PARTITION.eq(partition))
        .fetch(row ->
            new PartitionChanges.Retraction(row.get(PARTITION_RETRACTION.SEQ), row.get(PARTITION_RETRACTION.FROM_BLOCK),
            row.get(PARTITION_RETRACTION.BRANCH), Optional.empty())));
  }

  /** Deletes the owner's parked records and quarantine; its answers advance at once. */
  public static void release(WalletAddress owner, DSLContext db) {
    db.deleteFrom(PARKED_RECORD).where(PARKED_RECORD.OWNER.eq(owner)).execute();
    db.deleteFrom(QUARANTINE)
        .where(QUARANTINE.OWNER.eq(owner), QUARANTINE.FOUND_BY.eq(PartitionChanges.FoundBy.LEDGER_QUERY.stored()))
            .execute();
  }
}
