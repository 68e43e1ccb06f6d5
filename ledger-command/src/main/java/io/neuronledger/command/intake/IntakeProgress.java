package io.neuronledger.command.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** How the intake is doing, told by its workers, read by health and metrics. */
public final class IntakeProgress {
  private final Clock clock;
  private final Map<Integer, LaneProgress> lanes = new ConcurrentHashMap<>();
  private volatile boolean everAssigned;
  private volatile Instant steppedAt;

  public IntakeProgress(Clock clock) {
    this.clock = clock;
    this.steppedAt = clock.instant();
  }

  /** Of the lanes that this instance has now. */
  public List<LaneProgress> lanes() {
    return lanes.values().stream().sorted((a, b) -> Integer.compare(a.lane(), b.lane())).toList();
  }

  /** Whether the group has given this instance its part, be it empty. */
  public boolean hasJoined() {
    return everAssigned;
  }

  /** When a worker last finished a step. */
  public Instant steppedAt() {
    return steppedAt;
  }

  void assigned() {
    everAssigned = true;
  }

  void stepped() {
    steppedAt = clock.instant();
  }

  void left(int lane) {
    lanes.remove(lane);
  }

  void moved(int lane, int records) {
    lanes.computeIfPresent(lane, (_, known) -> new LaneProgress(lane, LaneProgress.State.RUNNING,
        known.nextSeq() + records, known.lag(), clock.instant(), "", known.quarantinedOwners()));
  }

  void running(int lane, long nextSeq, OptionalLong lag, int quarantinedOwners) {
    lanes.compute(lane, (_, known) -> {
      boolean idle = lag.isPresent() && lag.getAsLong() == 0;
      Instant movedAt = known == null || idle ? clock.instant() : known.movedAt();
      return new LaneProgress(lane, LaneProgress.State.RUNNING, nextSeq, lag, movedAt, "", quarantinedOwners);
    });
  }

  void resting(int lane, LaneProgress.State state, long nextSeq, OptionalLong lag, String reason) {
    lanes.compute(lane, (_, known) -> new LaneProgress(lane, state, nextSeq, lag,
        known == null ? clock.instant() : known.movedAt(), reason, known == null ? 0 : known.quarantinedOwners()));
  }
}
