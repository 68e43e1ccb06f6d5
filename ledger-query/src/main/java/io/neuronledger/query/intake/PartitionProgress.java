package io.neuronledger.query.intake;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The progress of this instance's partitions, written by the consumer loops and read by health and metrics. */
public final class PartitionProgress {
  private final Map<Integer, At> partitions = new ConcurrentHashMap<>();
  private final Map<String, Instant> polls = new ConcurrentHashMap<>();

  /**
   * The progress of a partition.
   *
   * @param offset the next offset to read
   * @param lag the number of records from there to the end, as known to the consumer
   * @param movedAt when the offset last changed, by the service's clock
   * @param stopped the reason if the partition is halted
   */
  public record At(long offset, long lag, Instant movedAt, Optional<String> stopped) {}

  /** A loop has polled. */
  void polled(String loop, Instant now) {
    polls.put(loop, now);
  }

  /** A loop has ended. */
  void ended(String loop) {
    polls.remove(loop);
  }

  void at(int partition, long offset, long lag, Instant now) {
    partitions.compute(partition, (_, before) -> before != null && before.offset == offset
        ? new At(offset, lag, before.movedAt, before.stopped)
        : new At(offset, lag, now, before == null ? Optional.empty() : before.stopped));
  }

  void stopped(int partition, Optional<String> reason) {
    partitions.computeIfPresent(partition, (_, before) -> new At(before.offset, before.lag, before.movedAt, reason));
  }

  /** The partition is revoked from this instance. */
  void revoked(int partition) {
    partitions.remove(partition);
  }

  /** The partitions of this instance. */
  public Map<Integer, At> partitions() {
    return Map.copyOf(partitions);
  }

  /** The time of each loop's last poll. */
  public Map<String, Instant> polls() {
    return Map.copyOf(polls);
  }
}
