package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.DEPLOYMENT;
import static io.neuronledger.query.db.Tables.PARTITION;
import static org.jooq.impl.DSL.field;

import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import java.time.Duration;
import java.util.Map;
import org.jooq.DSLContext;

/** Whether a transaction sees the write whose token a request has. */
final class WrittenRecords {
  private WrittenRecords() {}

  /**
   * True without a token.
   *
   * @throws Refusal for a token of another ledger
   */
  static boolean areSeen(BlockSelector selector, Partitions partitions, DSLContext db) {
    return selector.minToken().map(token -> areSeen(token, partitions, db)).orElse(true);
  }

  private static boolean areSeen(WriteToken token, Partitions partitions, DSLContext db) {
    boolean isForeign = token.next().keySet().stream().anyMatch(partition -> partition >= partitions.count())
        || db.select(field("({0} ->> 'chain_id')::bigint", Long.class, DEPLOYMENT.DECLARED)).from(DEPLOYMENT)
            .fetchOptional().filter(chain -> chain.value1() != token.chainId()).isPresent();
    if (isForeign) {
      throw Refusal.parameter(ProblemCode.BAD_TOKEN, "min_token", "this token was given by another ledger");
    }
    Map<Integer, Long> read = db.select(PARTITION.PARTITION_, PARTITION.NEXT_SEQ).from(PARTITION)
        .where(PARTITION.PARTITION_.in(token.next().keySet()))
        .fetchMap(PARTITION.PARTITION_, PARTITION.NEXT_SEQ);
    return token.next().entrySet().stream()
        .allMatch(written -> read.getOrDefault(written.getKey(), 0L) >= written.getValue());
  }

  /**
   * Waits until the write is read, without asking the database for each request that waits: a token can be made by
   * anybody, with any seq.
   *
   * @param selector with a token
   * @throws Refusal if it is not read in time
   */
  static void await(SealWatch watch, BlockSelector selector, long since, Duration left) {
    try {
      if (!watch.awaitRead(selector.minToken().orElseThrow().next(), since, left)) {
        throw notSeen(selector);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notSeen(selector);
    }
  }

  private static Refusal notSeen(BlockSelector selector) {
    return new Refusal(ProblemCode.WRITE_NOT_REACHED, "what was written has not been read within "
        + selector.waitAtMost().toSeconds() + " s");
  }
}
