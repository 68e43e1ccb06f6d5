package io.neuronledger.query.partition.change;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The position and state of a partition.
 *
 * @param nextSeq the seq of the next record
 * @param nextOffset the Kafka offset of the next record: a record below it was already read; a record at or above it
 *     must have the next seq
 * @param markSeq the seq of the last seal or retraction; it identifies the records after it
 * @param branch the fork counter
 * @param finalizedBlock the highest block known to be final at the last seal; −1 if none is
 * @param seal the last seal that is not retracted; empty before the first
 * @param day the newest day that one of its records was recorded on; empty before the first record
 * @param stopped the reason why the partition is halted, for operators
 */
public record Partition(int number, long nextSeq, long nextOffset, long markSeq, int branch, long finalizedBlock,
    Optional<Seal> seal, Optional<Day> day, Optional<String> stopped) {
  /**
   * A day, UTC.
   *
   * @param seq of the first record that was recorded on it
   */
  public record Day(LocalDate date, long seq) {}

  /** A partition before its first record. */
  public static Partition untouched(int number) {
    return new Partition(number, 0, 0, 0, 0, -1, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
