package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.LANE;
import static io.neuronledger.query.db.Tables.LANE_RETRACTION;
import static org.jooq.impl.DSL.min;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.query.following.FollowingReports;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The last block that every lane has sealed, and on the same branch. */
public final class CommonBlock {
  private CommonBlock() {}

  /** @return none until there is one */
  public static Optional<AsOf> find(DSLContext db, FollowingReports following) {
    List<Record> lanes = List.copyOf(db.selectFrom(LANE).orderBy(LANE.BRANCH, LANE.LANE_).fetch());
    if (lanes.stream().anyMatch(lane -> lane.get(LANE.SEALED_BLOCK) == null)) {
      return Optional.empty();
    }
    Record last = lanes.getFirst();
    long lowest = lanes.stream().mapToLong(lane -> lane.get(LANE.SEALED_BLOCK)).min().orElseThrow();
    long common = last.get(LANE.BRANCH).equals(lanes.getLast().get(LANE.BRANCH))
        ? lowest
        : Math.min(lowest, firstForked(last.get(LANE.BRANCH), db) - 1);
    return Standpoints.sealed(common, last, db, following::newest);
  }

  /** While lanes pass a fork one after the other, the same number names two blocks from here on. */
  private static long firstForked(int branch, DSLContext db) {
    return db.select(min(LANE_RETRACTION.FROM_BLOCK)).from(LANE_RETRACTION).where(LANE_RETRACTION.BRANCH.gt(branch))
        .fetchSingle(row -> row.value1());
  }
}
