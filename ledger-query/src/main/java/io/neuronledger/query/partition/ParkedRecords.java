package io.neuronledger.query.partition;

import static io.neuronledger.query.db.Tables.PARKED_RECORD;
import static io.neuronledger.query.db.Tables.PARTITION_RETRACTION;
import static io.neuronledger.query.db.Tables.QUARANTINE;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.projection.LedgerEventRecord;
import io.neuronledger.query.projection.RawBytes;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** The records of owners that this service quarantined. */
public final class ParkedRecords {
  private ParkedRecords() {}

  /**
   * A record that waits.
   *
   * @param stretch the one it stands in: taken late, it says the same as it would have said in time
   */
  public record Parked(int partition, long seq, long stretch, long offset, RawBytes value) {}

  /** In the order of the partition. */
  public static List<Parked> of(WalletAddress owner, DSLContext db) {
    return db.selectFrom(PARKED_RECORD).where(PARKED_RECORD.OWNER.eq(owner)).orderBy(PARKED_RECORD.SEQ)
        .fetch(row -> new Parked(row.get(PARKED_RECORD.PARTITION), row.get(PARKED_RECORD.SEQ),
            row.get(PARKED_RECORD.STRETCH), row.get(PARKED_RECORD.KAFKA_OFFSET),
            new RawBytes(row.get(PARKED_RECORD.VALUE))));
  }

  /** The lines, each knowing whether a retraction of its partition behind it dropped it while it waited. */
  public static List<LedgerEventRecord> marked(int partition, List<LedgerEventRecord> lines, DSLContext db) {
    return Retracted.marked(lines, db.selectFrom(PARTITION_RETRACTION)
        .where(PARTITION_RETRACTION.PARTITION.eq(partition))
        .fetch(row ->
            new PartitionChanges.Retraction(row.get(PARTITION_RETRACTION.SEQ), row.get(PARTITION_RETRACTION.FROM_BLOCK),
            row.get(PARTITION_RETRACTION.BRANCH), Optional.empty())));
  }

  /** Nothing of the owner waits here any more: its answers go on at once. */
  public static void release(WalletAddress owner, DSLContext db) {
    db.deleteFrom(PARKED_RECORD).where(PARKED_RECORD.OWNER.eq(owner)).execute();
    db.deleteFrom(QUARANTINE)
        .where(QUARANTINE.OWNER.eq(owner), QUARANTINE.FOUND_BY.eq(PartitionChanges.FoundBy.LEDGER_QUERY.stored()))
            .execute();
  }
}
