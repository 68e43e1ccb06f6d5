package io.neuronledger.query.rebuild;

import static io.neuronledger.query.db.Tables.PARTITION;

import java.util.Map;
import org.jooq.DSLContext;

/** The number of records per partition in a generation. */
record PartitionCounts(Map<Integer, Long> nextSeqs) {
  static PartitionCounts of(DSLContext db) {
    return new PartitionCounts(db.transactionResult(transaction -> transaction.dsl()
        .select(PARTITION.PARTITION_, PARTITION.NEXT_SEQ)
        .from(PARTITION).fetchMap(PARTITION.PARTITION_, PARTITION.NEXT_SEQ)));
  }

  long total() {
    return nextSeqs.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The number of records by which it is behind {@code other}, summed over the partitions. */
  long behind(PartitionCounts other) {
    return other.nextSeqs.entrySet().stream()
        .mapToLong(partition -> Math.max(0, partition.getValue() - nextSeqs.getOrDefault(partition.getKey(), 0L)))
            .sum();
  }
}
