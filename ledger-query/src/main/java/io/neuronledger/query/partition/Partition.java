package io.neuronledger.query.partition;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a partition stands.
 *
 * @param nextSeq of the record to take next
 * @param nextOffset the Kafka offset up to which the partition has been read: a record below it was read before, a
 *     record at it or above must have the next seq
 * @param stretch the seq of the last seal or retraction: it names the stretch of records behind it
 * @param branch the fork counter
 * @param finalizedBlock the highest block known to be final; −1 where none is
 * @param firstBlock the first block ever sealed
 * @param seal what the partition's answers show; none before the first
 * @param stopped why no more is taken, for people
 */
public record Partition(int number, long nextSeq, long nextOffset, long stretch, int branch, long finalizedBlock,
    OptionalLong firstBlock, Optional<Seal> seal, Optional<String> stopped) {
  /** A partition of which nothing has been read. */
  public static Partition untouched(int number) {
    return new Partition(number, 0, 0, 0, 0, -1, OptionalLong.empty(), Optional.empty(), Optional.empty());
  }
}
