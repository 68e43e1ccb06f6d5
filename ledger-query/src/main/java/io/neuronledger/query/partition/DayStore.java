package io.neuronledger.query.partition;

import static io.neuronledger.query.db.Tables.PARTITION_DAY;

import io.neuronledger.query.partition.change.Partition;
import io.neuronledger.query.partition.change.Seal;
import io.neuronledger.query.projection.UnnestRows;
import java.util.List;
import org.jooq.DSLContext;

/** Stores how far the partitions were at the end of each day. */
final class DayStore {
  private static final String ADD = "INSERT INTO partition_day ($columns) SELECT * FROM $rows";
  private static final String MARK = """
      UPDATE partition_day SET lacking_block = marked.lacking_block, lacking_seq = marked.lacking_seq
      FROM $rows AS marked ($columns)
      WHERE partition_day.partition = marked.partition AND partition_day.next_seq > marked.mark_seq""";

  private DayStore() {}

  static void save(List<PartitionReducer> reducers, DSLContext db) {
    UnnestRows marked = UnnestRows.of(PARTITION_DAY.PARTITION, PARTITION_DAY.MARK_SEQ, PARTITION_DAY.LACKING_BLOCK,
        PARTITION_DAY.LACKING_SEQ);
    UnnestRows ends = UnnestRows.of(PARTITION_DAY.PARTITION, PARTITION_DAY.DAY, PARTITION_DAY.NEXT_SEQ,
        PARTITION_DAY.MARK_SEQ, PARTITION_DAY.BRANCH, PARTITION_DAY.FINALIZED_BLOCK, PARTITION_DAY.SEALED_BLOCK,
        PARTITION_DAY.SEALED_HASH, PARTITION_DAY.SEALED_TIME, PARTITION_DAY.LACKING_BLOCK,
        PARTITION_DAY.LACKING_SEQ);
    for (PartitionReducer reducer : reducers) {
      int partition = reducer.before().number();
      DayTracker days = reducer.dayTracker();
      days.stored().ifPresent(lacking ->
          marked.add(partition, days.markSeq(), lacking.block(), lacking.seq()));
      for (DayTracker.DayEnd end : days.ends()) {
        Partition then = end.then();
        ends.add(partition, end.day(), then.nextSeq(), then.markSeq(), then.branch(), then.finalizedBlock(),
            then.seal().map(Seal::block), then.seal().map(Seal::hash), then.seal().map(Seal::time),
            end.lacking().map(DayTracker.Lacking::block), end.lacking().map(DayTracker.Lacking::seq));
      }
    }
    // Those that are stored, before those of this batch.
    marked.write(db, MARK);
    ends.write(db, ADD);
  }
}
