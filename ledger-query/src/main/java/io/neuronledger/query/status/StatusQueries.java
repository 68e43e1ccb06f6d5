package io.neuronledger.query.status;

import static io.neuronledger.query.db.Tables.LANE;
import static io.neuronledger.query.db.Tables.QUARANTINE;
import static org.jooq.impl.DSL.countDistinct;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.StatusView;
import io.neuronledger.query.asof.CommonBlock;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.lane.Lane;
import io.neuronledger.query.lane.LaneStore;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** What is followed and how far it is: from the database, the same in every instance, and as chain-indexer reports. */
public final class StatusQueries {
  private final DSLContext reader;
  private final LaneStore lanes;
  private final FollowingReports following;

  public StatusQueries(DSLContext reader, LaneStore lanes, FollowingReports following) {
    this.reader = reader;
    this.lanes = lanes;
    this.following = following;
  }

  StatusView status() {
    return reader.transactionResult(transaction -> {
      DSLContext db = transaction.dsl();
      List<StatusView.Lane> views = lanes.all(db).stream().map(this::view).toList();
      Optional<AsOf> asOf = CommonBlock.find(db, following);
      return new StatusView(lanes.deployment(db), asOf, following.view(asOf), following.guard(), quarantinedOwners(db),
          views);
    });
  }

  /** How many owners' answers stand still. */
  int quarantinedOwners() {
    return reader.transactionResult(transaction -> quarantinedOwners(transaction.dsl()));
  }

  private static int quarantinedOwners(DSLContext db) {
    return db.select(countDistinct(QUARANTINE.OWNER)).from(QUARANTINE).join(LANE).on(LANE.LANE_.eq(QUARANTINE.LANE))
        .where(QUARANTINE.RELEASED_SEQ.isNull().or(QUARANTINE.RELEASED_SEQ.gt(LANE.SEALED_SEQ)))
        .fetchSingle(row -> row.value1());
  }

  private StatusView.Lane view(Lane lane) {
    return new StatusView.Lane(lane.number(), lane.nextSeq(), lane.branch(),
        lane.seal().map(seal -> following.newest(seal.block(), seal.hash(), seal.time(),
            seal.block() <= lane.finalizedBlock())), lane.stopped());
  }
}
