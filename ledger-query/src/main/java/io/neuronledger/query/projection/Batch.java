package io.neuronledger.query.projection;

import static io.neuronledger.query.db.Tables.PARTITION_RETRACTION;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.value.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The input of the projections in one transaction.
 *
 * @param partitions the changed partitions; this transaction has already stored them
 * @param retractions for the rows that are already stored; at most one per partition. They precede the lines, which are
 *     already marked as dropped or not
 * @param lines ledger events; within a partition in its order
 * @param usageEvents off-chain events; within a partition in its order
 * @param comparisons ends of comparisons with the contract; within a partition in its order
 * @param named services that are registered or changed; within a partition in its order
 * @param decisions about periods, in their order
 */
public record Batch(Set<Integer> partitions, List<Retraction> retractions, List<LedgerEventRecord> lines,
    List<UsageEventRecord> usageEvents, List<Comparison> comparisons, List<Named> named,
    List<PeriodDecision> decisions) {
  public Batch {
    partitions = Set.copyOf(partitions);
    retractions = List.copyOf(retractions);
    lines = List.copyOf(lines);
    usageEvents = List.copyOf(usageEvents);
    comparisons = List.copyOf(comparisons);
    named = List.copyOf(named);
    decisions = List.copyOf(decisions);
  }

  /**
   * A comparison of all owners with the contract ended.
   *
   * @param dropped whether a later retraction dropped its block
   */
  public record Comparison(int partition, long seq, PartitionEvent.ReconciliationEnded end, boolean dropped) {}

  /**
   * A block of a partition names a service.
   *
   * @param seq of the record that does
   * @param markSeq the seq of the seal or retraction before it
   * @param since the block's time, if the service is not older; empty if it may be
   * @param dropped whether a later retraction dropped its block
   */
  public record Named(int partition, ServiceName service, long block, long seq, long markSeq, Optional<Instant> since,
      boolean dropped) {
    /** Returns the same naming, dropped. */
    public Named retracted() {
      return new Named(partition, service, block, seq, markSeq, since, true);
    }
  }

  /** A decision about a period. No retraction drops it, and it is visible without a seal. */
  public record PeriodDecision(long seq, AccountEvent.PeriodEvent event) {}

  /** The retractions as rows, under the names {@code partition} and {@code from_block}. */
  public UnnestRows retractionRows() {
    UnnestRows rows = UnnestRows.of(PARTITION_RETRACTION.PARTITION, PARTITION_RETRACTION.FROM_BLOCK);
    retractions.forEach(retraction -> rows.add(retraction.partition(), retraction.fromBlock()));
    return rows;
  }

  /** A partition retracted the blocks from {@code fromBlock} on. */
  public record Retraction(int partition, long fromBlock) {}
}
