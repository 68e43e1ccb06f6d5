package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.BLOCK_NEXT;
import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.QUARANTINE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.when;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.blocks.SealedBlocks;
import io.neuronledger.query.db.tables.Block;
import io.neuronledger.query.db.tables.Quarantine;
import io.neuronledger.query.following.FollowingReports;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** Finds the read point of an answer: the block that the owner's partition is as of, or a block before it. */
final class ReadPoints {
  private static final Quarantine CAP = QUARANTINE.as("cap");
  private static final Block SEALED = SealedBlocks.SEALED;
  /**
   * Keeps plans for the rest of the transaction: what an answer about one owner looks up along an index is planned the
   * same way whatever the values are, and planning it takes several times as long as executing it.
   */
  private static final Field<String> KEEP_PLANS =
      field("set_config('plan_cache_mode', 'force_generic_plan', true)", String.class);
  private static final PreparedQuery PARTITION_OF_OWNER = new PreparedQuery(select(PARTITION.PARTITION_,
          PARTITION.SEALED_SEQ, BLOCKS_POSITION.FINALIZED_BLOCK, BLOCKS_POSITION.FIRST_BLOCK, CAP.OWNER, CAP.CAP_SEQ,
          CAP.CAP_CHAIN_NEXT, SEALED.BLOCK_, SEALED.BLOCK_HASH, SEALED.BLOCK_TIME, KEEP_PLANS)
      .from(PARTITION).crossJoin(BLOCKS_POSITION)
      .leftJoin(lateral(select(QUARANTINE.OWNER, QUARANTINE.CAP_SEQ, QUARANTINE.CAP_CHAIN_NEXT).from(QUARANTINE)
          .where(QUARANTINE.OWNER.eq(param("owner", QUARANTINE.OWNER)), QUARANTINE.PARTITION.eq(PARTITION.PARTITION_),
              Visibility.quarantineInEffect())
          .orderBy(QUARANTINE.CAP_SEQ.asc().nullsFirst())
          .limit(inline(1)).asTable(CAP))).on(trueCondition())
      .leftJoin(SealedBlocks.of(when(CAP.OWNER.isNull(), PARTITION.CHAIN_NEXT).otherwise(CAP.CAP_CHAIN_NEXT)))
      .on(trueCondition())
      .where(PARTITION.PARTITION_.eq(param("partition", PARTITION.PARTITION_))));

  private final Partitions partitions;
  private final FollowingReports following;

  ReadPoints(Partitions partitions, FollowingReports following) {
    this.partitions = partitions;
    this.following = following;
  }

  int partitionOf(WalletAddress owner) {
    return partitions.of(owner);
  }

  /**
   * @return empty while the block that {@code selector} requires is not sealed, or not final
   * @throws Refusal if the block precedes the first one followed, or an operator must act before it can be reached
   */
  Optional<ReadPoint> find(WalletAddress owner, BlockSelector selector, DSLContext db) {
    int number = partitions.of(owner);
    Record partition = PARTITION_OF_OWNER.fetch(db, Map.of("owner", owner, "partition", number)).getFirst();
    boolean quarantined = partition.get(CAP.OWNER) != null;
    Long firstBlock = partition.get(BLOCKS_POSITION.FIRST_BLOCK);
    Long sealedSeq = partition.get(quarantined ? CAP.CAP_SEQ : PARTITION.SEALED_SEQ);
    if (quarantined && sealedSeq == null && partition.get(PARTITION.SEALED_SEQ) != null) {
      throw new Refusal(ProblemCode.OWNER_QUARANTINED,
          "the first record of " + owner + " could not be processed; an operator must act");
    }
    if (firstBlock == null || sealedSeq == null || partition.get(SEALED.BLOCK_) == null) {
      return Optional.empty();
    }
    AsOf asOf = following.newest(partition.get(SEALED.BLOCK_), partition.get(SEALED.BLOCK_HASH),
        partition.get(SEALED.BLOCK_TIME), isFinal(partition.get(SEALED.BLOCK_), partition));
    ReadPoint newest = new ReadPoint(number, sealedSeq, asOf, asOf.block(), quarantined, false);
    selector.atBlock().ifPresent(block -> StoredBlocks.requireFollowed(block, "block " + block, firstBlock,
        asOf));
    long last = selector.isFinal()
        ? Math.min(newest.block(), partition.get(BLOCKS_POSITION.FINALIZED_BLOCK)) : newest.block();
    if (!StoredBlocks.areEnough(selector, asOf, firstBlock, last, db)) {
      if (quarantined && isAfter(selector, newest)
          && isFrozen(partition, selector.requiredBlock().orElse(Long.MAX_VALUE), db)) {
        throw Refusal.at(newest.asOf(), ProblemCode.OWNER_QUARANTINED,
            "this owner's answers are frozen at block " + newest.block() + ", because it was quarantined");
      }
      return Optional.empty();
    }
    if (!selector.isPast()) {
      return Optional.of(newest);
    }
    long block = StoredBlocks.selected(selector, asOf, firstBlock, last, db);
    return Optional.of(
        new ReadPoint(number, sealedSeq, past(block, partition, db), newest.block(), quarantined, true));
  }

  /** Whether only a block after the newest will do, and not the same one once it is final. */
  private static boolean isAfter(BlockSelector selector, ReadPoint newest) {
    return selector.requiredBlock().orElse(0) > newest.block()
        || selector.atTime().map(time -> !time.isBefore(newest.asOf().blockTime())).orElse(false);
  }

  /**
   * Whether a block up to {@code block} has chain events of the partition that the owner's answers lack; until then
   * they advance with the chain.
   */
  private static boolean isFrozen(Record partition, long block, DSLContext db) {
    return db.fetchExists(db.selectFrom(BLOCK_NEXT).where(
        BLOCK_NEXT.PARTITION.eq(partition.get(PARTITION.PARTITION_)),
        BLOCK_NEXT.NEXT_SEQ.gt(partition.get(CAP.CAP_CHAIN_NEXT)), BLOCK_NEXT.BLOCK.le(block)));
  }

  /** A block before the newest that the partition is as of: all of them are on its branch. */
  private AsOf past(long block, Record partition, DSLContext db) {
    return StoredBlocks.asOf(block, partition.get(BLOCKS_POSITION.FINALIZED_BLOCK), following, db);
  }

  private static boolean isFinal(long block, Record partition) {
    return block <= partition.get(BLOCKS_POSITION.FINALIZED_BLOCK);
  }
}
