package io.neuronledger.query.blocks;

import static io.neuronledger.query.db.Tables.BLOCK;
import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.PARTITION;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.trueCondition;

import io.neuronledger.query.db.tables.Block;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The block that a partition's answers are as of: the newest one with all of whose chain events of this partition, and
 * of the blocks before, the partition is sealed. A partition without events of a block does not wait for it.
 */
public final class SealedBlocks {
  /** A row of {@link #of}: the block, its hash and its time. */
  public static final Block SEALED = BLOCK.as("sealed");

  /**
   * The block before the first one of which the partition still lacks events. Blocks that the partition has retracted
   * do not count while the topic of blocks still has them; those that only the partition still has do not count either,
   * because the record that opens a branch names every partition.
   */
  private static final String NUMBER = """
      LEAST(coalesce(
          (SELECT missing.block - 1 FROM block_next AS missing
          WHERE missing.partition = partition.partition AND missing.next_seq > coalesce({0}, 0)
          ORDER BY missing.next_seq LIMIT 1),
          blocks_position.newest_block),
        CASE WHEN partition.branch > blocks_position.branch THEN
          (SELECT min(ahead.from_block) - 1 FROM partition_retraction AS ahead
          WHERE ahead.partition = partition.partition AND ahead.branch > blocks_position.branch) END)""";

  private SealedBlocks() {}

  /**
   * The number of the block; none has it where there is no such block yet. A statement has {@code partition} and
   * {@code blocks_position} in scope under these names.
   *
   * @param chainNext the next seq of the partition's chain events after a seal; NULL before the first
   */
  public static Field<Long> number(Field<Long> chainNext) {
    return DSL.field(NUMBER, SQLDataType.BIGINT, chainNext);
  }

  /** The block as one row, to be joined; no row where there is no such block yet. See {@link #number}. */
  public static Table<?> of(Field<Long> chainNext) {
    return lateral(select(BLOCK.BLOCK_, BLOCK.BLOCK_HASH, BLOCK.BLOCK_TIME).from(BLOCK)
        .where(BLOCK.BLOCK_.eq(number(chainNext))).limit(inline(1)).asTable(SEALED));
  }

  /** The numbers by partition; a partition without one is absent. */
  public static Map<Integer, Long> all(DSLContext db) {
    return db.select(PARTITION.PARTITION_, SEALED.BLOCK_).from(PARTITION).crossJoin(BLOCKS_POSITION)
        .join(of(PARTITION.CHAIN_NEXT)).on(trueCondition()).fetchMap(PARTITION.PARTITION_, SEALED.BLOCK_);
  }
}
