package io.neuronledger.query.asof;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.following.FollowingReports;
import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;

/** Answers questions about one owner, each in one read-only transaction, so that an answer is consistent. */
public final class OwnerReads {
  private final DSLContext reader;
  private final Partitions partitions;
  private final ReadPoints readPoints;
  private final SealWatch watch;

  /**
   * @param reader uses read-only connections with REPEATABLE READ and a statement timeout
   * @param following the reports of the chain's head and of how its blocks are guarded
   */
  public OwnerReads(DSLContext reader, Partitions partitions, SealWatch watch, FollowingReports following) {
    this.reader = reader;
    this.partitions = partitions;
    this.readPoints = new ReadPoints(partitions, following);
    this.watch = watch;
  }

  /** A question about one owner. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(ReadPoint at, DSLContext db);
  }

  /** @throws Refusal if the question is refused, the block is not sealed in time, or the write is not read in time */
  public <T> T answer(WalletAddress owner, BlockSelector selector, Question<T> question) {
    long deadline = System.nanoTime() + selector.waitAtMost().toNanos();
    while (true) {
      long version = watch.version();
      long sealed = watch.sealed(readPoints.partitionOf(owner));
      Attempt<T> attempt = reader.transactionResult(transaction -> attempt(owner, selector, question,
          transaction.dsl()));
      if (attempt.answer().isPresent()) {
        return attempt.answer().get();
      }
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (attempt.seesWrite()) {
        awaitBlock(owner, selector, sealed, version, left);
      } else {
        WrittenRecords.await(watch, selector, version, left);
      }
    }
  }

  private record Attempt<T>(boolean seesWrite, Optional<T> answer) {}

  private <T> Attempt<T> attempt(WalletAddress owner, BlockSelector selector, Question<T> question, DSLContext db) {
    return WrittenRecords.areSeen(selector, partitions, db)
        ? new Attempt<>(true, readPoints.find(owner, selector, db).map(at -> question.ask(at, db)))
        : new Attempt<>(false, Optional.empty());
  }

  /** @param sealed the block when the answer was not possible; what is not a block's number waits for the next one */
  private void awaitBlock(WalletAddress owner, BlockSelector selector, long sealed, long version, Duration left) {
    long requiredBlock = selector.isFinal() || selector.requiredBlock().isEmpty()
        ? sealed + 1 : selector.requiredBlock().getAsLong();
    try {
      if (!watch.await(readPoints.partitionOf(owner), requiredBlock, version, left)) {
        throw selector.notReached();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(ProblemCode.BLOCK_NOT_REACHED, "the service is stopping");
    }
  }
}
