package io.neuronledger.query.rebuild;

import static io.neuronledger.query.db.Tables.LANE;

import java.util.Map;
import org.jooq.DSLContext;

/** How many records of each lane a generation holds. */
record LaneCounts(Map<Integer, Long> nextSeqs) {
  static LaneCounts of(DSLContext db) {
    return new LaneCounts(db.transactionResult(transaction -> transaction.dsl().select(LANE.LANE_, LANE.NEXT_SEQ)
        .from(LANE).fetchMap(LANE.LANE_, LANE.NEXT_SEQ)));
  }

  long total() {
    return nextSeqs.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many records it lacks of those that {@code other} holds, lane by lane. */
  long behind(LaneCounts other) {
    return other.nextSeqs.entrySet().stream()
        .mapToLong(lane -> Math.max(0, lane.getValue() - nextSeqs.getOrDefault(lane.getKey(), 0L))).sum();
  }
}
