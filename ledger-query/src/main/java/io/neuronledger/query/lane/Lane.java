package io.neuronledger.query.lane;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a numbered partition stands.
 *
 * @param nextSeq of the record to take next
 * @param nextOffset the Kafka offset up to which the lane has been read: a record below it was read before, a record at
 *     it or above must have the next seq
 * @param stretch the seq of the last seal or retraction: it names the stretch of records behind it
 * @param branch the fork counter
 * @param finalizedBlock the highest block known to be final; −1 where none is
 * @param firstBlock the first block ever sealed
 * @param seal what the lane's answers show; none before the first
 * @param stopped why no more is taken, for people
 */
public record Lane(int number, long nextSeq, long nextOffset, long stretch, int branch, long finalizedBlock,
    OptionalLong firstBlock, Optional<Seal> seal, Optional<String> stopped) {
  /** A lane of which nothing has been read. */
  public static Lane untouched(int number) {
    return new Lane(number, 0, 0, 0, 0, -1, OptionalLong.empty(), Optional.empty(), Optional.empty());
  }
}
