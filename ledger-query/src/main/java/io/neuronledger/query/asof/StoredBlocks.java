package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.BLOCK;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.following.FollowingReports;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Finds stored blocks by number and by time. A block is never earlier than the one before it. */
public final class StoredBlocks {
  private static final Field<Long> LOW = DSL.field(DSL.name("low"), SQLDataType.BIGINT);
  private static final Field<Long> HIGH = DSL.field(DSL.name("high"), SQLDataType.BIGINT);

  private StoredBlocks() {}

  /** @throws Refusal if the block precedes {@code first}, the first one followed */
  public static void requireFollowed(long block, String named, long first, AsOf newest) {
    if (block < first) {
      throw Refusal.at(newest, ProblemCode.BLOCK_BEFORE_START,
          named + " is before block " + first + ", the first one followed");
    }
  }

  /**
   * Whether the block of a selector is among those up to {@code last}.
   *
   * @param newest at {@code last} or later
   */
  static boolean areEnough(BlockSelector selector, AsOf newest, long first, long last, DSLContext db) {
    return selector.requiredBlock().orElse(first) <= last && selector.atTime().map(time ->
        time.isBefore(last == newest.block() ? newest.blockTime() : timeOf(last, db))).orElse(true);
  }

  /**
   * The past block that a selector asks for, or else {@code last}.
   *
   * @throws Refusal if the first block is later than its time
   */
  static long selected(BlockSelector selector, AsOf newest, long first, long last, DSLContext db) {
    return selector.atTime().map(time -> {
      long block = lastUntil(time, first, last, db);
      requireFollowed(block, "the last block until " + time, first, newest);
      return block;
    }).orElse(selector.atBlock().orElse(last));
  }

  private static Instant timeOf(long block, DSLContext db) {
    return db.select(BLOCK.BLOCK_TIME).from(BLOCK).where(BLOCK.BLOCK_.eq(block))
        .fetchSingle(row -> row.get(BLOCK.BLOCK_TIME));
  }

  /** @param finalizedBlock the highest one known to be final */
  static AsOf asOf(long block, long finalizedBlock, FollowingReports following, DSLContext db) {
    return db.selectFrom(BLOCK).where(BLOCK.BLOCK_.eq(block)).fetchSingle(row -> following.asked(block,
        row.get(BLOCK.BLOCK_HASH), row.get(BLOCK.BLOCK_TIME), block <= finalizedBlock));
  }

  /**
   * The last block at the time or before it, by halving: an index by time would cost something for each block. The
   * database keeps microseconds and rounds up, to the next whole second and its blocks, so the parts of a second are
   * left out before: blocks have whole seconds.
   *
   * @param first the first stored block
   * @param last the last one that counts
   * @return {@code first - 1} if all of them are later
   */
  public static long lastUntil(PointInTime at, long first, long last, DSLContext db) {
    Table<?> search = DSL.table(DSL.name("search"));
    Instant time = at.time().truncatedTo(ChronoUnit.SECONDS);
    Field<Long> middle = LOW.plus(HIGH).div(DSL.inline(2L));
    return db.withRecursive("search", "low", "high").as(
            DSL.select(DSL.val(first, SQLDataType.BIGINT), DSL.val(last, SQLDataType.BIGINT)).unionAll(
                DSL.select(
                        DSL.when(BLOCK.BLOCK_TIME.le(time), BLOCK.BLOCK_.plus(DSL.inline(1L))).otherwise(LOW),
                        DSL.when(BLOCK.BLOCK_TIME.le(time), HIGH).otherwise(BLOCK.BLOCK_.minus(DSL.inline(1L))))
                    .from(search).join(BLOCK).on(BLOCK.BLOCK_.eq(middle))
                    .where(LOW.le(HIGH))))
        .select(HIGH).from(search).where(LOW.gt(HIGH)).fetchSingle(row -> row.get(HIGH));
  }
}
