package io.neuronledger.query.partition.change;

import io.neuronledger.query.projection.LedgerEventRecord;
import java.util.ArrayList;
import java.util.List;

/** Marks the ledger events that the retractions of their partition dropped. */
public final class Retracted {
  private Retracted() {}

  /**
   * Returns the same lines, each marked as dropped if a later retraction dropped its block. Both lists are in partition
   * order.
   */
  public static List<LedgerEventRecord> marked(List<LedgerEventRecord> lines,
      List<PartitionChanges.Retraction> retractions) {
    if (retractions.isEmpty()) {
      return lines;
    }
    List<LedgerEventRecord> marked = new ArrayList<>(lines);
    marked.replaceAll(line -> line.dropped(drops(retractions, line)));
    return marked;
  }

  private static boolean drops(List<PartitionChanges.Retraction> retractions, LedgerEventRecord line) {
    return line.block().isPresent() && retractions.stream().anyMatch(
        retraction -> retraction.seq() > line.seq() && retraction.fromBlock() <= line.block().getAsLong());
  }
}
