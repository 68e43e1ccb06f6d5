package io.neuronledger.query.rebuild;

import io.neuronledger.contracts.view.operation.RebuildView;
import io.neuronledger.query.generation.Generation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The progress of a rebuild, written by its thread and read by requests. */
final class RebuildProgress {
  private static final double MILLIS = 1_000;

  private final Clock clock;
  private final Instant startedAt;
  private RebuildView.State state = RebuildView.State.BUILDING;
  private OptionalInt generation = OptionalInt.empty();
  private long done;
  private long total;
  private Optional<Instant> countedAt = Optional.empty();
  private Optional<Instant> endedAt = Optional.empty();
  private Optional<String> trouble = Optional.empty();

  RebuildProgress(Clock clock) {
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  synchronized void building(Generation next) {
    generation = OptionalInt.of(next.number());
  }

  synchronized void at(long eventsDone, long eventsTotal) {
    done = eventsDone;
    total = eventsTotal;
    countedAt = Optional.of(clock.instant());
  }

  synchronized void trouble(String reason) {
    trouble = Optional.of(reason);
  }

  synchronized void switched() {
    state = RebuildView.State.SWITCHED;
    endedAt = Optional.of(clock.instant());
    done = total;
  }

  synchronized void done() {
    state = RebuildView.State.DONE;
  }

  synchronized void stopped() {
    state = RebuildView.State.STOPPED;
    endedAt = Optional.of(clock.instant());
  }

  /**
   * A failure after the switch results in STOPPED, not FAILED: the new generation is live, and the next rebuild drops
   * the old one.
   */
  synchronized void failed(String reason) {
    state = switch (state) {
      case NONE, BUILDING, FAILED -> RebuildView.State.FAILED;
      case SWITCHED, STOPPED -> RebuildView.State.STOPPED;
      case DONE -> RebuildView.State.DONE;
    };
    trouble = Optional.of(reason);
    endedAt = Optional.of(clock.instant());
  }

  /** Whether the rebuild has ended. */
  synchronized boolean isOver() {
    return switch (state) {
      case DONE, STOPPED, FAILED -> true;
      case NONE, BUILDING, SWITCHED -> false;
    };
  }

  synchronized RebuildView view(int liveGeneration) {
    long rate = eventsPerSecond();
    boolean runs = state == RebuildView.State.BUILDING && rate > 0;
    return new RebuildView(liveGeneration, state, generation, done, total, rate,
        runs ? OptionalLong.of((total - done + rate - 1) / rate) : OptionalLong.empty(), Optional.of(startedAt),
        endedAt, trouble);
  }

  private long eventsPerSecond() {
    Instant until = endedAt.or(() -> countedAt).orElse(startedAt);
    long millis = Duration.between(startedAt, until).toMillis();
    return millis <= 0 ? 0 : Math.round(done * MILLIS / millis);
  }
}
