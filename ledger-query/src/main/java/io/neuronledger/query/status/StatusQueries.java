package io.neuronledger.query.status;

import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.PARTITION;
import static io.neuronledger.query.db.Tables.QUARANTINE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.selectFrom;
import static org.jooq.impl.DSL.trueCondition;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.operation.StatusView;
import io.neuronledger.query.asof.LowestSealedBlock;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.blocks.BlocksPosition;
import io.neuronledger.query.blocks.BlocksStore;
import io.neuronledger.query.blocks.SealedBlocks;
import io.neuronledger.query.db.tables.Block;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.partition.PartitionStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/**
 * Reads the followed deployment and its progress: from the database, the same in every instance, and from the reports
 * of chain-indexer.
 */
public final class StatusQueries {
  private final DSLContext reader;
  private final PartitionStore partitions;
  private final BlocksStore blocks;
  private final FollowingReports following;

  public StatusQueries(DSLContext reader, PartitionStore partitions, BlocksStore blocks, FollowingReports following) {
    this.reader = reader;
    this.partitions = partitions;
    this.blocks = blocks;
    this.following = following;
  }

  StatusView status() {
    return reader.transactionResult(transaction -> {
      DSLContext db = transaction.dsl();
      Optional<AsOf> asOf = LowestSealedBlock.find(db, following);
      return new StatusView(partitions.deployment(db).map(StatusQueries::view), asOf, following.view(asOf),
          following.guard(), quarantinedOwners(db), view(blocks.find(db)), partitions(db));
    });
  }

  /** The deployment that is followed; empty until the first record has been read. */
  public Optional<StatusView.Deployment> deployment() {
    return reader.transactionResult(transaction -> partitions.deployment(transaction.dsl())
        .map(StatusQueries::view));
  }

  /** The number of owners whose answers are frozen. */
  int quarantinedOwners() {
    return reader.transactionResult(transaction -> quarantinedOwners(transaction.dsl()));
  }

  private static int quarantinedOwners(DSLContext db) {
    return db.select(countDistinct(QUARANTINE.OWNER)).from(QUARANTINE).join(PARTITION)
        .on(PARTITION.PARTITION_.eq(QUARANTINE.PARTITION))
        .where(Visibility.quarantineInEffect())
        .fetchSingle(row -> row.value1());
  }

  private static StatusView.Deployment view(Deployment declared) {
    return new StatusView.Deployment(declared.chainId(), declared.family(), declared.contracts(),
        declared.startBlock(), declared.decoderVersion(), declared.partitions());
  }

  private static StatusView.Blocks view(BlocksPosition position) {
    return new StatusView.Blocks(position.nextSeq(), position.branch(),
        position.newest().map(BlocksPosition.StoredBlock::number), position.stopped());
  }

  private List<StatusView.Partition> partitions(DSLContext db) {
    Block sealed = SealedBlocks.SEALED;
    return db.select(PARTITION.PARTITION_, PARTITION.NEXT_SEQ, PARTITION.BRANCH, PARTITION.STOPPED,
            BLOCKS_POSITION.FINALIZED_BLOCK, sealed.BLOCK_, sealed.BLOCK_HASH, sealed.BLOCK_TIME)
        .from(PARTITION).crossJoin(BLOCKS_POSITION)
        .leftJoin(SealedBlocks.of(PARTITION.CHAIN_NEXT)).on(trueCondition())
        .orderBy(PARTITION.PARTITION_).fetch(this::partition);
  }

  private StatusView.Partition partition(Record row) {
    Block sealed = SealedBlocks.SEALED;
    return new StatusView.Partition(row.get(PARTITION.PARTITION_), row.get(PARTITION.NEXT_SEQ),
        row.get(PARTITION.BRANCH), Optional.ofNullable(row.get(sealed.BLOCK_)).map(block -> following.newest(block,
            row.get(sealed.BLOCK_HASH), row.get(sealed.BLOCK_TIME), block <= row.get(BLOCKS_POSITION.FINALIZED_BLOCK))),
        Optional.ofNullable(row.get(PARTITION.STOPPED)));
  }

  /** The block that each partition's answers are as of; a partition without one is absent. */
  Map<Integer, Long> sealedBlocks() {
    return reader.transactionResult(transaction -> SealedBlocks.all(transaction.dsl()));
  }

  /**
   * The newest block.
   *
   * @param number −1 before the first
   * @param isPassed whether a partition has sealed a later one of this branch or is on a later branch: the topic of
   *     blocks lags it
   */
  record NewestBlock(long number, boolean isPassed) {}

  NewestBlock newestBlock() {
    Field<Long> number = coalesce(BLOCKS_POSITION.NEWEST_BLOCK, inline(-1L));
    Field<Boolean> isPassed = field(exists(selectFrom(PARTITION).where(
        PARTITION.BRANCH.eq(BLOCKS_POSITION.BRANCH).and(PARTITION.SEALED_BLOCK.gt(number))
            .or(PARTITION.BRANCH.gt(BLOCKS_POSITION.BRANCH)))));
    return reader.transactionResult(transaction -> transaction.dsl().select(number, isPassed).from(BLOCKS_POSITION)
        .fetchSingle(row -> new NewestBlock(row.value1(), row.value2())));
  }
}
