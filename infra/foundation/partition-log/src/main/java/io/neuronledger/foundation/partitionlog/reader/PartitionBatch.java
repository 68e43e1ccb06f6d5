package io.neuronledger.foundation.partitionlog.reader;

import java.util.List;
import java.util.Optional;

/**
 * The next records of a partition, in order.
 *
 * @param nextSeq the partition's next seq before them, as known to the reader
 * @param halt why no record after them can be handled: a hole, a repetition, or a record in the wrong place; else empty
 */
public record PartitionBatch<R>(int partition, long nextSeq, List<Delivered<R>> records, Optional<String> halt) {
  public PartitionBatch {
    records = List.copyOf(records);
  }

  boolean isEmpty() {
    return records.isEmpty() && halt.isEmpty();
  }
}
