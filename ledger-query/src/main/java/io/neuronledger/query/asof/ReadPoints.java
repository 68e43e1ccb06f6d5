package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.BLOCK;
import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.PARTITION_RETRACTION;
import static io.neuronledger.query.db.Tables.QUARANTINE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.trueCondition;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.db.tables.Quarantine;
import io.neuronledger.query.following.FollowingReports;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** Finds the read point of an answer: the last seal of the owner's partition, or a block before it. */
final class ReadPoints {
  private static final Quarantine CAP = QUARANTINE.as("cap");
  /**
   * Keeps plans for the rest of the transaction: what an answer about one owner looks up along an index is planned the
   * same way whatever the values are, and planning it takes several times as long as executing it.
   */
  private static final Field<String> KEEP_PLANS =
      field("set_config('plan_cache_mode', 'force_generic_plan', true)", String.class);
  private static final PreparedQuery PARTITION_OF_OWNER = new PreparedQuery(select(PARTITION.fields())
      .select(CAP.OWNER, CAP.CAP_SEQ, CAP.CAP_BLOCK, KEEP_PLANS).from(PARTITION)
      .leftJoin(lateral(select(QUARANTINE.OWNER, QUARANTINE.CAP_SEQ, QUARANTINE.CAP_BLOCK).from(QUARANTINE)
          .where(QUARANTINE.OWNER.eq(param("owner", QUARANTINE.OWNER)), QUARANTINE.PARTITION.eq(PARTITION.PARTITION_),
              Visibility.quarantineInEffect())
          .orderBy(QUARANTINE.CAP_SEQ.asc().nullsFirst())
          .limit(inline(1)).asTable(CAP))).on(trueCondition())
      .where(PARTITION.PARTITION_.eq(param("partition", PARTITION.PARTITION_))));

  private final Partitions partitions;
  private final FollowingReports following;

  ReadPoints(Partitions partitions, FollowingReports following) {
    this.partitions = partitions;
    this.following = following;
  }

  /** Makes an {@link AsOf} from a stored block. */
  @FunctionalInterface
  interface AsOfFactory {
    AsOf of(long block, Hash hash, Instant time, boolean finalized);
  }

  int partitionOf(WalletAddress owner) {
    return partitions.of(owner);
  }

  /**
   * @return empty while the block that {@code selector} requires is not sealed
   * @throws Refusal if the block precedes the first one followed, or an operator must act before it can be reached
   */
  Optional<ReadPoint> find(WalletAddress owner, BlockSelector selector, DSLContext db) {
    int number = partitions.of(owner);
    Record partition = partition(number, owner, db);
    Long firstBlock = partition.get(PARTITION.FIRST_BLOCK);
    if (partition.get(PARTITION.SEALED_SEQ) == null || firstBlock == null) {
      return Optional.empty();
    }
    boolean quarantined = partition.get(CAP.OWNER) != null;
    ReadPoint newest = quarantined ? capped(owner, partition, db) : atSeal(partition);
    selector.atBlock().ifPresent(block -> requireFollowed(block, firstBlock, newest));
    long requiredBlock = selector.requiredBlock().orElse(newest.block());
    if (requiredBlock > newest.block()) {
      if (quarantined) {
        throw Refusal.at(newest.asOf(), ProblemCode.OWNER_QUARANTINED, "block " + requiredBlock
            + " is after the block at which this owner was quarantined");
      }
      return Optional.empty();
    }
    return Optional.of(selector.atBlock().isPresent()
        ? new ReadPoint(number, newest.sealedSeq(), asOf(requiredBlock, partition, db, following::asked),
            newest.quarantined(), true)
        : newest);
  }

  private static void requireFollowed(long block, long firstBlock, ReadPoint newest) {
    if (block < firstBlock) {
      throw Refusal.at(newest.asOf(), ProblemCode.BLOCK_BEFORE_START,
          "block " + block + " is before block " + firstBlock + ", the first one followed");
    }
  }

  /** The partition of an owner, with its deepest quarantine in effect at the partition's seal. */
  private static Record partition(int number, WalletAddress owner, DSLContext db) {
    return PARTITION_OF_OWNER.fetch(db, Map.of("owner", owner, "partition", number)).getFirst();
  }

  private ReadPoint capped(WalletAddress owner, Record partition, DSLContext db) {
    Long seq = partition.get(CAP.CAP_SEQ);
    Long block = partition.get(CAP.CAP_BLOCK);
    if (seq == null || block == null) {
      throw new Refusal(ProblemCode.OWNER_QUARANTINED,
          "the first record of " + owner + " could not be processed; an operator must act");
    }
    return new ReadPoint(partition.get(PARTITION.PARTITION_), seq, asOf(block, partition, db, following::newest), true,
        false);
  }

  private ReadPoint atSeal(Record partition) {
    AsOf asOf = following.newest(partition.get(PARTITION.SEALED_BLOCK), partition.get(PARTITION.SEALED_HASH),
        partition.get(PARTITION.SEALED_TIME),
        partition.get(PARTITION.SEALED_BLOCK) <= partition.get(PARTITION.FINALIZED_BLOCK));
    return new ReadPoint(partition.get(PARTITION.PARTITION_), partition.get(PARTITION.SEALED_SEQ), asOf, false, false);
  }

  /** The sealed block with this number on the partition's branch. */
  private static AsOf asOf(long block, Record partition, DSLContext db, AsOfFactory factory) {
    return sealed(block, partition, db, factory).orElseThrow();
  }

  /** The sealed block with this number on the partition's branch; empty if there is none. */
  static Optional<AsOf> sealed(long block, Record partition, DSLContext db, AsOfFactory factory) {
    return db.select(BLOCK.BLOCK_HASH, BLOCK.BLOCK_TIME).from(BLOCK)
        .where(BLOCK.BLOCK_.eq(block), BLOCK.BRANCH.eq(coalesce(
            field(select(PARTITION_RETRACTION.BRANCH).from(PARTITION_RETRACTION)
                .where(PARTITION_RETRACTION.PARTITION.eq(partition.get(PARTITION.PARTITION_)),
                    PARTITION_RETRACTION.FROM_BLOCK.le(block))
                .orderBy(PARTITION_RETRACTION.SEQ.desc()).limit(1)), inline(0))))
        .fetchOptional(row -> factory.of(block, row.get(BLOCK.BLOCK_HASH), row.get(BLOCK.BLOCK_TIME),
            block <= partition.get(PARTITION.FINALIZED_BLOCK)));
  }
}
