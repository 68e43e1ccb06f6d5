package io.neuronledger.query.blocks;

import static io.neuronledger.query.db.Tables.BLOCK;
import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.BLOCK_NEXT;
import static io.neuronledger.query.db.Tables.PARTITION;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;

import io.neuronledger.query.blocks.BlocksPosition.StoredBlock;
import io.neuronledger.query.projection.CopyRows;
import io.neuronledger.query.projection.UnnestRows;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectOnConditionStep;

/** Stores the blocks and the position in their topic. */
public final class BlocksStore {
  private static final String ADVANCE = """
      UPDATE blocks_position SET next_seq = input.next_seq, next_offset = input.next_offset, branch = input.branch,
        finalized_block = input.finalized_block, first_block = input.first_block, newest_block = input.newest_block,
        stopped = input.stopped
      FROM $rows AS input ($columns) WHERE blocks_position.next_seq = input.expected_seq""";

  /** Creates the position before the first record, if there is none. */
  public void prepare(DSLContext db) {
    BlocksPosition first = BlocksPosition.UNTOUCHED;
    db.insertInto(BLOCKS_POSITION, BLOCKS_POSITION.NEXT_SEQ, BLOCKS_POSITION.NEXT_OFFSET, BLOCKS_POSITION.BRANCH,
            BLOCKS_POSITION.FINALIZED_BLOCK)
        .values(first.nextSeq(), first.nextOffset(), first.branch(), first.finalizedBlock())
        .onConflictDoNothing().execute();
  }

  public BlocksPosition find(DSLContext db) {
    return position(positions(db));
  }

  /** Locks the position until the transaction ends; no other transaction can change it meanwhile. */
  BlocksPosition lock(DSLContext db) {
    return position(positions(db).forUpdate().of(BLOCKS_POSITION));
  }

  private static SelectOnConditionStep<Record> positions(DSLContext db) {
    return db.select(BLOCKS_POSITION.fields()).select(BLOCK.BLOCK_HASH, BLOCK.BLOCK_TIME).from(BLOCKS_POSITION)
        .leftJoin(BLOCK).on(BLOCK.BLOCK_.eq(BLOCKS_POSITION.NEWEST_BLOCK));
  }

  private static BlocksPosition position(Select<Record> row) {
    Record stored = row.fetchSingle();
    Long first = stored.get(BLOCKS_POSITION.FIRST_BLOCK);
    return new BlocksPosition(stored.get(BLOCKS_POSITION.NEXT_SEQ), stored.get(BLOCKS_POSITION.NEXT_OFFSET),
        stored.get(BLOCKS_POSITION.BRANCH), stored.get(BLOCKS_POSITION.FINALIZED_BLOCK),
        first == null ? OptionalLong.empty() : OptionalLong.of(first),
        Optional.ofNullable(stored.get(BLOCKS_POSITION.NEWEST_BLOCK)).map(newest ->
            new StoredBlock(newest, stored.get(BLOCK.BLOCK_HASH), stored.get(BLOCK.BLOCK_TIME))),
        Optional.ofNullable(stored.get(BLOCKS_POSITION.STOPPED)));
  }

  Optional<StoredBlock> block(long number, DSLContext db) {
    return db.selectFrom(BLOCK).where(BLOCK.BLOCK_.eq(number)).fetchOptional(row ->
        new StoredBlock(row.get(BLOCK.BLOCK_), row.get(BLOCK.BLOCK_HASH), row.get(BLOCK.BLOCK_TIME)));
  }

  /** The highest stored next chain seq of each partition; 0 where there is none. */
  Map<Integer, Long> ends(DSLContext db) {
    var end = coalesce(field(select(max(BLOCK_NEXT.NEXT_SEQ)).from(BLOCK_NEXT)
        .where(BLOCK_NEXT.PARTITION.eq(PARTITION.PARTITION_))), inline(0L));
    return db.select(PARTITION.PARTITION_, end).from(PARTITION).fetchMap(PARTITION.PARTITION_, end);
  }

  /**
   * Stores the new position and the changes from the reducer.
   *
   * @throws IllegalStateException if another transaction changed the position; the caller's transaction must roll back
   */
  void save(BlocksReducer reducer, DSLContext db) {
    advance(reducer, db);
    reducer.retractedFrom().ifPresent(from -> {
      db.deleteFrom(BLOCK).where(BLOCK.BLOCK_.ge(from)).execute();
      db.deleteFrom(BLOCK_NEXT).where(BLOCK_NEXT.BLOCK.ge(from)).execute();
    });
    CopyRows blocks = CopyRows.into(BLOCK, BLOCK.BLOCK_, BLOCK.BLOCK_HASH, BLOCK.BLOCK_TIME);
    reducer.blocks().values().forEach(block -> blocks.add(block.number(), block.hash(), block.time()));
    blocks.write(db);
    CopyRows bounds = CopyRows.into(BLOCK_NEXT, BLOCK_NEXT.PARTITION, BLOCK_NEXT.NEXT_SEQ, BLOCK_NEXT.BLOCK);
    reducer.bounds().forEach(bound -> bounds.add(bound.partition(), bound.nextSeq(), bound.block()));
    bounds.write(db);
  }

  private static void advance(BlocksReducer reducer, DSLContext db) {
    UnnestRows row = UnnestRows.of(BLOCKS_POSITION.NEXT_SEQ.as("expected_seq"), BLOCKS_POSITION.NEXT_SEQ,
        BLOCKS_POSITION.NEXT_OFFSET, BLOCKS_POSITION.BRANCH, BLOCKS_POSITION.FINALIZED_BLOCK,
        BLOCKS_POSITION.FIRST_BLOCK, BLOCKS_POSITION.NEWEST_BLOCK, BLOCKS_POSITION.STOPPED);
    BlocksPosition now = reducer.position();
    row.add(reducer.before().nextSeq(), now.nextSeq(), now.nextOffset(), now.branch(), now.finalizedBlock(),
        now.firstBlock(), now.newest().map(StoredBlock::number), now.stopped());
    if (row.write(db, ADVANCE) != 1) {
      throw new IllegalStateException("another transaction changed the locked position of the blocks");
    }
  }
}
