package io.neuronledger.command.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** The progress of the intake, written by its workers, read by health and metrics. */
public final class IntakeProgress {
  private final Clock clock;
  private final Map<Integer, PartitionProgress> partitions = new ConcurrentHashMap<>();
  private volatile boolean joined;
  private volatile Instant steppedAt;

  public IntakeProgress(Clock clock) {
    this.clock = clock;
    this.steppedAt = clock.instant();
  }

  /** The partitions assigned to this instance, in order of number. */
  public List<PartitionProgress> partitions() {
    return partitions.values().stream().sorted((a, b) -> Integer.compare(a.partition(), b.partition())).toList();
  }

  /** Whether the group has assigned this instance its partitions, even if none. */
  public boolean hasJoined() {
    return joined;
  }

  /** When a worker last finished a step. */
  public Instant steppedAt() {
    return steppedAt;
  }

  void markJoined() {
    joined = true;
  }

  void recordStep() {
    steppedAt = clock.instant();
  }

  void remove(int partition) {
    partitions.remove(partition);
  }

  void advance(int partition, int records) {
    partitions.computeIfPresent(partition, (_, known) ->
        new PartitionProgress(partition, PartitionProgress.State.RUNNING,
        known.nextSeq() + records, known.lag(), clock.instant(), "", known.quarantinedOwners()));
  }

  void setRunning(int partition, long nextSeq, OptionalLong lag, int quarantinedOwners) {
    partitions.compute(partition, (_, known) -> {
      boolean idle = lag.isPresent() && lag.getAsLong() == 0;
      Instant movedAt = known == null || idle ? clock.instant() : known.movedAt();
      return new PartitionProgress(partition, PartitionProgress.State.RUNNING, nextSeq, lag, movedAt, "",
          quarantinedOwners);
    });
  }

  void setPaused(int partition, PartitionProgress.State state, long nextSeq, OptionalLong lag, String reason) {
    partitions.compute(partition, (_, known) -> new PartitionProgress(partition, state, nextSeq, lag,
        known == null ? clock.instant() : known.movedAt(), reason, known == null ? 0 : known.quarantinedOwners()));
  }
}
