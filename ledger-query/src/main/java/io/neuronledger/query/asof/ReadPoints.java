package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.BLOCK;
import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.PARTITION_RETRACTION;
import static io.neuronledger.query.db.Tables.QUARANTINE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.problem.Refusal;
import io.neuronledger.query.problem.Refused;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Finds the standpoint of an answer: the last seal of the owner's partition, or a block before it. */
final class ReadPoints {
  private final Partitions partitions;
  private final FollowingReports following;

  ReadPoints(Partitions partitions, FollowingReports following) {
    this.partitions = partitions;
    this.following = following;
  }

  /** Makes an {@link AsOf} of what is stored of a block. */
  @FunctionalInterface
  interface AsOfs {
    AsOf of(long block, Hash hash, Instant time, boolean finalized);
  }

  int partitionOf(WalletAddress owner) {
    return partitions.of(owner);
  }

  /**
   * @return none while the block that {@code moment} needs has not been sealed
   * @throws Refused if it never was, or will not be before a person has looked
   */
  Optional<ReadPoint> find(WalletAddress owner, BlockSelector moment, DSLContext db) {
    int number = partitions.of(owner);
    Record partition = db.selectFrom(PARTITION).where(PARTITION.PARTITION_.eq(number)).fetchSingle();
    Long firstBlock = partition.get(PARTITION.FIRST_BLOCK);
    if (partition.get(PARTITION.SEALED_SEQ) == null || firstBlock == null) {
      return Optional.empty();
    }
    Optional<Record> cap = cap(owner, partition.get(PARTITION.SEALED_SEQ), db);
    ReadPoint newest = cap.map(still -> capped(owner, still, partition, db)).orElseGet(() -> atSeal(partition));
    moment.atBlock().ifPresent(block -> requireFollowed(block, firstBlock, newest));
    long needed = moment.needed().orElse(newest.block());
    if (needed > newest.block()) {
      cap.ifPresent(_ -> {
        throw Refused.at(newest.asOf(), Refusal.OWNER_QUARANTINED, "block " + needed
            + " lies behind the block at which this owner was quarantined");
      });
      return Optional.empty();
    }
    return Optional.of(moment.atBlock().isPresent()
        ? new ReadPoint(number, newest.sealedSeq(), asOf(needed, partition, db, following::asked), newest.quarantined(),
            true)
        : newest);
  }

  private static void requireFollowed(long block, long firstBlock, ReadPoint newest) {
    if (block < firstBlock) {
      throw Refused.at(newest.asOf(), Refusal.BLOCK_BEFORE_START,
          "block " + block + " lies before block " + firstBlock + ", the first one followed");
    }
  }

  /** The deepest quarantine in effect at the partition's seal. */
  private static Optional<Record> cap(WalletAddress owner, long sealedSeq, DSLContext db) {
    return db.select(QUARANTINE.CAP_SEQ, QUARANTINE.CAP_BLOCK).from(QUARANTINE)
        .where(QUARANTINE.OWNER.eq(owner),
            QUARANTINE.RELEASED_SEQ.isNull().or(QUARANTINE.RELEASED_SEQ.gt(sealedSeq)))
        .orderBy(QUARANTINE.CAP_SEQ.asc().nullsFirst())
        .limit(1)
        .fetchOptional()
        .map(row -> row);
  }

  private ReadPoint capped(WalletAddress owner, Record cap, Record partition, DSLContext db) {
    Long seq = cap.get(QUARANTINE.CAP_SEQ);
    Long block = cap.get(QUARANTINE.CAP_BLOCK);
    if (seq == null || block == null) {
      throw new Refused(Refusal.OWNER_QUARANTINED, "the first record of " + owner + " is waiting for a person");
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

  /** A sealed block, as the branch tells it that the partition is on. */
  private static AsOf asOf(long block, Record partition, DSLContext db, AsOfs asOfs) {
    return sealed(block, partition, db, asOfs).orElseThrow();
  }

  /** The same, and none where the partition has sealed no such block. */
  static Optional<AsOf> sealed(long block, Record partition, DSLContext db, AsOfs asOfs) {
    return db.select(BLOCK.BLOCK_HASH, BLOCK.BLOCK_TIME).from(BLOCK)
        .where(BLOCK.BLOCK_.eq(block), BLOCK.BRANCH.eq(coalesce(
            field(select(PARTITION_RETRACTION.BRANCH).from(PARTITION_RETRACTION)
                .where(PARTITION_RETRACTION.PARTITION.eq(partition.get(PARTITION.PARTITION_)),
                    PARTITION_RETRACTION.FROM_BLOCK.le(block))
                .orderBy(PARTITION_RETRACTION.SEQ.desc()).limit(1)), inline(0))))
        .fetchOptional(row -> asOfs.of(block, row.get(BLOCK.BLOCK_HASH), row.get(BLOCK.BLOCK_TIME),
            block <= partition.get(PARTITION.FINALIZED_BLOCK)));
  }
}
