package io.neuronledger.contracts.following;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The indexing state of a chain-indexer instance, reported while it leads and after it has halted.
 *
 * @param why the reason for any state but following; absent while following
 * @param since the start of this state
 * @param reportedAt by the clock of the instance
 * @param head the number of the newest known block of the chain; absent before the first
 * @param headTime the time of that block
 * @param confirmations the number of blocks above a block before it is published; 0 or more
 * @param published the number of the last published block; absent before the first
 * @param guard the guards of all published blocks: at most 1,000 ranges without gaps, oldest first; beyond that, the
 *     oldest are merged into one range with the weakest guard of them
 */
public record FollowingReport(FollowingState state, Optional<String> why, Instant since, Instant reportedAt,
    Optional<Long> head, Optional<Instant> headTime, long confirmations, Optional<Long> published,
    List<GuardRange> guard) {
  /** The interval at which an unchanged report is repeated. */
  public static final Duration REPEATED_AFTER = Duration.ofSeconds(10);
  /** A report older than this is invalid: the state of its instance is unknown. */
  public static final Duration VALID_FOR = Duration.ofSeconds(30);

  public static final int RANGES_MAX = 1_000;

  public FollowingReport {
    guard = List.copyOf(guard);
    if (confirmations < 0) {
      throw new IllegalArgumentException("confirmations must be 0 or more, not " + confirmations);
    }
    if (state == FollowingState.UNKNOWN) {
      throw new IllegalArgumentException("a report cannot have the state unknown");
    }
  }

  /** Whether the reports are equal except for the time of the report. */
  public boolean isEqualBesidesTime(FollowingReport other) {
    return equals(new FollowingReport(other.state, other.why, other.since, reportedAt, other.head, other.headTime,
        other.confirmations, other.published, other.guard));
  }
}
