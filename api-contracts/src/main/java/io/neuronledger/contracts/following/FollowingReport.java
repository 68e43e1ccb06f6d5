package io.neuronledger.contracts.following;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an instance of chain-indexer reports of itself while it leads, and after it has halted.
 *
 * @param why the state is another one than following; absent while following
 * @param since when this state began
 * @param reportedAt by the clock of the instance
 * @param head the number of the newest block of the chain that was seen; absent before the first
 * @param headTime the time of that block
 * @param published the number of the last published block; absent before the first
 * @param guard how all published blocks are guarded: at most 1,000 ranges without gaps, oldest first; of more, the
 *     oldest are one range that is guarded as the worst guarded of them
 */
public record FollowingReport(FollowingState state, Optional<String> why, Instant since, Instant reportedAt,
    Optional<Long> head, Optional<Instant> headTime, Optional<Long> published, List<GuardRange> guard) {
  /** A report is repeated after so long even if nothing has changed. */
  public static final Duration REPEATED_AFTER = Duration.ofSeconds(10);
  /** After so long without a report of an instance nothing is known of it any more. */
  public static final Duration VALID_FOR = Duration.ofSeconds(30);

  public static final int RANGES_MAX = 1_000;

  public FollowingReport {
    guard = List.copyOf(guard);
    if (state == FollowingState.UNKNOWN) {
      throw new IllegalArgumentException("nobody reports that nothing is known");
    }
  }

  /** Whether it differs from another one in nothing but when it was made. */
  public boolean isEqualBesidesTime(FollowingReport other) {
    return equals(new FollowingReport(other.state, other.why, other.since, reportedAt, other.head, other.headTime,
        other.published, other.guard));
  }
}
