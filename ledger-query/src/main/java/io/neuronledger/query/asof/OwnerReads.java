package io.neuronledger.query.asof;

import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.problem.Refusal;
import io.neuronledger.query.problem.Refused;
import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;

/** Answers questions about one owner, each in one read-only transaction: everything in an answer is of one moment. */
public final class OwnerReads {
  private final DSLContext reader;
  private final ReadPoints standpoints;
  private final SealWatch watch;

  /**
   * @param reader of connections that read only, REPEATABLE READ, with a deadline
   * @param following how far the chain is, and how its blocks are guarded
   */
  public OwnerReads(DSLContext reader, Partitions partitions, SealWatch watch, FollowingReports following) {
    this.reader = reader;
    this.standpoints = new ReadPoints(partitions, following);
    this.watch = watch;
  }

  /** A question about one owner. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(ReadPoint at, DSLContext db);
  }

  /**
   * @throws Refused if there is no answer, also because the block was not sealed in time
   */
  public <T> T answer(WalletAddress owner, BlockSelector moment, Question<T> question) {
    long deadline = System.nanoTime() + moment.waitAtMost().toNanos();
    while (true) {
      long news = watch.news();
      Optional<T> answer = reader.transactionResult(transaction -> standpoints.find(owner, moment, transaction.dsl())
          .map(at -> question.ask(at, transaction.dsl())));
      if (answer.isPresent()) {
        return answer.get();
      }
      awaitBlock(owner, moment, news, Duration.ofNanos(deadline - System.nanoTime()));
    }
  }

  private void awaitBlock(WalletAddress owner, BlockSelector moment, long news, Duration left) {
    long needed = moment.needed().orElse(0);
    try {
      if (!watch.await(standpoints.partitionOf(owner), needed, news, left)) {
        throw moment.needed().isPresent()
            ? new Refused(Refusal.BLOCK_NOT_REACHED,
                "block " + needed + " has not been sealed within " + moment.waitAtMost().toSeconds() + " s")
            : new Refused(Refusal.NOTHING_SEALED, "no block of this owner's partition has been sealed yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Refusal.BLOCK_NOT_REACHED, "the service stops");
    }
  }
}
