package io.neuronledger.query.rebuild;

import static io.neuronledger.query.db.Tables.BLOCKS_POSITION;
import static io.neuronledger.query.db.Tables.PARTITION;

import java.util.Map;
import org.jooq.DSLContext;

/**
 * The number of records that a generation has read.
 *
 * @param nextSeqs of account events, by partition
 * @param blocks of the topic of blocks
 */
record PartitionCounts(Map<Integer, Long> nextSeqs, long blocks) {
  static PartitionCounts of(DSLContext db) {
    return db.transactionResult(transaction -> new PartitionCounts(
        transaction.dsl().select(PARTITION.PARTITION_, PARTITION.NEXT_SEQ).from(PARTITION)
            .fetchMap(PARTITION.PARTITION_, PARTITION.NEXT_SEQ),
        transaction.dsl().select(BLOCKS_POSITION.NEXT_SEQ).from(BLOCKS_POSITION)
            .fetchSingle(row -> row.value1())));
  }

  /** The number of account events. */
  long total() {
    return nextSeqs.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The number of account events by which it is behind {@code other}, summed over the partitions. */
  long behind(PartitionCounts other) {
    return other.nextSeqs.entrySet().stream()
        .mapToLong(partition -> Math.max(0, partition.getValue() - nextSeqs.getOrDefault(partition.getKey(), 0L)))
            .sum();
  }

  /** The number of records of blocks by which it is behind {@code other}. */
  long blocksBehind(PartitionCounts other) {
    return Math.max(0, other.blocks - blocks);
  }
}
