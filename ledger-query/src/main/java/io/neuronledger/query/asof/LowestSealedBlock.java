package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.BLOCK;
import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.PARTITION;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.query.blocks.SealedBlocks;
import io.neuronledger.query.following.FollowingReports;
import java.util.Optional;
import org.jooq.DSLContext;

/** The last block that the answers of every partition can be as of. */
public final class LowestSealedBlock {
  private LowestSealedBlock() {}

  /** @return empty until there is such a block */
  public static Optional<AsOf> find(DSLContext db, FollowingReports following) {
    return db.select(BLOCK.fields()).select(BLOCKS_POSITION.FINALIZED_BLOCK).from(BLOCKS_POSITION).join(BLOCK)
        .on(BLOCK.BLOCK_.eq(field(select(min(SealedBlocks.number(PARTITION.CHAIN_NEXT))).from(PARTITION))))
        .fetchOptional(row -> following.newest(row.get(BLOCK.BLOCK_), row.get(BLOCK.BLOCK_HASH),
            row.get(BLOCK.BLOCK_TIME), row.get(BLOCK.BLOCK_) <= row.get(BLOCKS_POSITION.FINALIZED_BLOCK)));
  }
}
