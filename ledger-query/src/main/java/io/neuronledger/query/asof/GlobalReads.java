package io.neuronledger.query.asof;

import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.query.following.FollowingReports;
import io.neuronledger.query.problem.Refusal;
import io.neuronledger.query.problem.Refused;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * Answers questions over many owners, each in one read-only transaction. They stand at the last block that all
 * partitions have sealed on one branch: what some partitions know of later blocks is left out.
 */
public final class GlobalReads {
  private final DSLContext reader;
  private final Partitions partitions;
  private final SealWatch watch;
  private final FollowingReports following;

  /**
   * @param reader of connections that read only, REPEATABLE READ, with a deadline
   * @param following how far the chain is, and how its blocks are guarded
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

  /**
   * @param moment of the newest state only
   * @throws Refused if there is no answer, also because the block was not sealed in time
   */
  public <T> T answer(BlockSelector moment, Question<T> question) {
    long needed = moment.needed().orElse(0);
    long deadline = System.nanoTime() + moment.waitAtMost().toNanos();
    while (true) {
      long news = watch.news();
      Optional<T> answer = reader.transactionResult(transaction -> LowestSealedBlock.find(transaction.dsl(), following)
          .filter(asOf -> asOf.block() >= needed)
          .map(asOf -> question.ask(asOf, transaction.dsl())));
      if (answer.isPresent()) {
        return answer.get();
      }
      for (int partition = 0; partition < partitions.count(); partition++) {
        await(partition, needed, news, Duration.ofNanos(deadline - System.nanoTime()));
      }
    }
  }

  /** What is known now, at no block: to find out what to ask. */
  public <T> T now(Function<DSLContext, T> lookup) {
    return reader.transactionResult(transaction -> lookup.apply(transaction.dsl()));
  }

  private void await(int partition, long needed, long news, Duration left) {
    try {
      if (!watch.await(partition, needed, news, left)) {
        throw new Refused(Refusal.BLOCK_NOT_REACHED, "block " + needed
            + " has not been sealed in every partition in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Refusal.BLOCK_NOT_REACHED, "the service stops");
    }
  }
}
