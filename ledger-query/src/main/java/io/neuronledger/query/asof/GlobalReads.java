package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.following.FollowingReports;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Answers questions over many owners, each in one read-only transaction. Answers are as of the last block that all
 * partitions have sealed on the same branch, or of a block before it; later blocks are excluded.
 */
public final class GlobalReads {
  private final DSLContext reader;
  private final Partitions partitions;
  private final SealWatch watch;
  private final FollowingReports following;

  /**
   * @param reader uses read-only connections with REPEATABLE READ and a statement timeout
   * @param following the reports of the chain's head and of how its blocks are guarded
   */
  public GlobalReads(DSLContext reader, Partitions partitions, SealWatch watch, FollowingReports following) {
    this.following = following;
    this.reader = reader;
    this.partitions = partitions;
    this.watch = watch;
  }

  /** A question over many owners. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(AsOf asOf, DSLContext db);
  }

  /** @throws Refusal if the question is refused, the block is not sealed in time, or the write is not read in time */
  public <T> T answer(BlockSelector selector, Question<T> question) {
    long deadline = System.nanoTime() + selector.waitAtMost().toNanos();
    while (true) {
      long version = watch.version();
      long sealed = IntStream.range(0, partitions.count()).mapToLong(watch::sealed).min().orElse(-1);
      Attempt<T> attempt = reader.transactionResult(transaction -> attempt(selector, question, transaction.dsl()));
      if (attempt.answer().isPresent()) {
        return attempt.answer().get();
      }
      if (attempt.seesWrite()) {
        for (int partition = 0; partition < partitions.count(); partition++) {
          await(partition, selector, sealed, version, Duration.ofNanos(deadline - System.nanoTime()));
        }
      } else {
        WrittenRecords.await(watch, selector, version, Duration.ofNanos(deadline - System.nanoTime()));
      }
    }
  }

  private record Attempt<T>(boolean seesWrite, Optional<T> answer) {}

  private <T> Attempt<T> attempt(BlockSelector selector, Question<T> question, DSLContext db) {
    return WrittenRecords.areSeen(selector, partitions, db)
        ? new Attempt<>(true, LowestSealedBlock.find(db, following).flatMap(newest -> selected(selector, newest, db))
            .map(asOf -> question.ask(asOf, db)))
        : new Attempt<>(false, Optional.empty());
  }

  /** The block that is asked for, as {@link ReadPoints} finds it for one owner; empty until it is reached. */
  private Optional<AsOf> selected(BlockSelector selector, AsOf newest, DSLContext db) {
    if (!selector.isPast()) {
      return Optional.of(newest).filter(asOf -> asOf.block() >= selector.requiredBlock().orElse(0));
    }
    Record position = db.selectFrom(BLOCKS_POSITION).fetchSingle();
    long first = position.get(BLOCKS_POSITION.FIRST_BLOCK);
    long finalized = position.get(BLOCKS_POSITION.FINALIZED_BLOCK);
    long last = selector.isFinal() ? Math.min(newest.block(), finalized) : newest.block();
    selector.atBlock().ifPresent(block -> StoredBlocks.requireFollowed(block, "block " + block, first, newest));
    return StoredBlocks.areEnough(selector, newest, first, last, db)
        ? Optional.of(StoredBlocks.asOf(StoredBlocks.selected(selector, newest, first, last, db), finalized, following,
            db))
        : Optional.empty();
  }

  /**
   * The last block at a time or before it.
   *
   * @throws Refusal if it precedes the first one followed, or a later block can still be at that time
   */
  public AsOf blockAt(PointInTime at) {
    return answer(new BlockSelector(OptionalLong.empty(), Optional.of(at), OptionalLong.empty(), false, Duration.ZERO),
        (asOf, _) -> asOf);
  }

  /** Looks something up in the current rows, as of no block. */
  public <T> T now(Function<DSLContext, T> lookup) {
    return reader.transactionResult(transaction -> lookup.apply(transaction.dsl()));
  }

  /** @param sealed the lowest block when the answer was not possible; what names no block waits for the next one */
  private void await(int partition, BlockSelector selector, long sealed, long version, Duration left) {
    long requiredBlock = selector.isFinal() || selector.atTime().isPresent() ? sealed + 1
        : selector.requiredBlock().orElse(0);
    try {
      if (!watch.await(partition, requiredBlock, version, left)) {
        throw selector.notReached();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(ProblemCode.BLOCK_NOT_REACHED, "the service is stopping");
    }
  }
}
