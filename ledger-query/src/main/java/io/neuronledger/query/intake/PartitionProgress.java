package io.neuronledger.query.intake;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How far this instance's partitions are: told by the consumer loops, read by health and metrics. */
public final class PartitionProgress {
  private final Map<Integer, At> partitions = new ConcurrentHashMap<>();
  private final Map<String, Instant> polls = new ConcurrentHashMap<>();

  /**
   * One partition.
   *
   * @param offset what the consumer reads next
   * @param lag records behind it, as far as the consumer knows
   * @param movedAt when the offset last changed, by the service's clock
   * @param stopped why nothing more is taken
   */
  public record At(long offset, long lag, Instant movedAt, Optional<String> stopped) {}

  /** A loop has come round. */
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

  /** The partition is another instance's now. */
  void left(int partition) {
    partitions.remove(partition);
  }

  /** The partitions of this instance. */
  public Map<Integer, At> partitions() {
    return Map.copyOf(partitions);
  }

  /** When each loop last came round. */
  public Map<String, Instant> polls() {
    return Map.copyOf(polls);
  }
}
