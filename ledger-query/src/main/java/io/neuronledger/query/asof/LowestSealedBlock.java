package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.PARTITION_RETRACTION;
import static org.jooq.impl.DSL.min;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.query.following.FollowingReports;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The last block that every partition has sealed on the same branch. */
public final class LowestSealedBlock {
  private LowestSealedBlock() {}

  /** @return empty until there is such a block */
  public static Optional<AsOf> find(DSLContext db, FollowingReports following) {
    List<Record> partitions =
        List.copyOf(db.selectFrom(PARTITION).orderBy(PARTITION.BRANCH, PARTITION.PARTITION_).fetch());
    if (partitions.stream().anyMatch(partition -> partition.get(PARTITION.SEALED_BLOCK) == null)) {
      return Optional.empty();
    }
    Record last = partitions.getFirst();
    long lowest = partitions.stream().mapToLong(partition -> partition.get(PARTITION.SEALED_BLOCK)).min().orElseThrow();
    long common = last.get(PARTITION.BRANCH).equals(partitions.getLast().get(PARTITION.BRANCH))
        ? lowest
        : Math.min(lowest, firstForked(last.get(PARTITION.BRANCH), db) - 1);
    return ReadPoints.sealed(common, last, db, following::newest);
  }

  /** The first block number that may name two blocks while some partitions have not processed a fork yet. */
  private static long firstForked(int branch, DSLContext db) {
    return db.select(min(PARTITION_RETRACTION.FROM_BLOCK)).from(PARTITION_RETRACTION)
        .where(PARTITION_RETRACTION.BRANCH.gt(branch))
        .fetchSingle(row -> row.value1());
  }
}
