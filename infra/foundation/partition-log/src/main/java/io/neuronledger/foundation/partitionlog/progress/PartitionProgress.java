package io.neuronledger.foundation.partitionlog.progress;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** The progress of the partitions that this instance reads, written by its readers, read by health and metrics. */
public final class PartitionProgress {
  private final Clock clock;
  private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();
  private final Map<String, Instant> steps = new ConcurrentHashMap<>();
  private volatile boolean joined;

  /** What a partition does. */
  public enum State {
    RUNNING,
    /** Kafka or the database failed; the partition retries by itself. */
    RETRYING,
    /** An operator must act. */
    HALTED
  }

  /**
   * The progress of one partition.
   *
   * @param nextSeq the seq of the next record to handle; −1 before it is known
   * @param offset the next offset to read
   * @param lag the number of records in Kafka not yet read; empty if unknown
   * @param movedAt when the offset last moved, or there was nothing to read
   * @param reason why it does not go on; empty while it does
   */
  public record Partition(int number, State state, long nextSeq, long offset, OptionalLong lag, Instant movedAt,
      String reason) {}

  public PartitionProgress(Clock clock) {
    this.clock = clock;
  }

  /** The partitions assigned to this instance, in order of number. */
  public List<Partition> partitions() {
    return partitions.values().stream().sorted((a, b) -> Integer.compare(a.number(), b.number())).toList();
  }

  /** A partition of this instance; empty if another instance has it. */
  public Optional<Partition> partition(int number) {
    return Optional.ofNullable(partitions.get(number));
  }

  /** The lag of a partition; NaN if it is unknown or another instance has the partition. */
  public double lag(int number) {
    return partition(number).map(Partition::lag).filter(OptionalLong::isPresent).map(lag -> (double) lag.getAsLong())
        .orElse(Double.NaN);
  }

  /** The number of halted partitions. */
  public long halted() {
    return partitions.values().stream().filter(partition -> partition.state() == State.HALTED).count();
  }

  /** Whether the group has assigned this instance its partitions, even if none. */
  public boolean hasJoined() {
    return joined;
  }

  /** When each reader last finished a step. */
  public Map<String, Instant> steps() {
    return Map.copyOf(steps);
  }

  public void markJoined() {
    joined = true;
  }

  public void recordStep(String reader) {
    steps.put(reader, clock.instant());
  }

  /** @param halted the reason for which a partition that is read again was halted */
  public void run(int number, long nextSeq, long offset, OptionalLong lag, Optional<String> halted) {
    Instant now = clock.instant();
    partitions.compute(number, (_, before) -> {
      boolean moved = before == null || before.offset() != offset || lag.orElse(1) == 0;
      return new Partition(number, halted.isPresent() ? State.HALTED : State.RUNNING, nextSeq, offset, lag,
          moved ? now : before.movedAt(), halted.orElse(""));
    });
  }

  /** The partition does not go on. */
  public void pause(int number, State state, long nextSeq, OptionalLong lag, String reason) {
    Instant now = clock.instant();
    partitions.compute(number, (_, before) -> new Partition(number, state, nextSeq,
        before == null ? 0 : before.offset(), lag, before == null ? now : before.movedAt(), reason));
  }

  /** The partition is no longer assigned to this instance. */
  public void remove(int number) {
    partitions.remove(number);
  }
}
