package io.neuronledger.query.status;

import io.neuronledger.foundation.partitionlog.progress.ReadingHealth;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Down while this instance does not process its records, or the topic of blocks lags the partitions without progress.
 * Quarantined owners make it {@code DEGRADED}: answers for other owners are unaffected.
 */
public final class IntakeHealth implements HealthIndicator {
  /** The service works, but an operator must act. */
  public static final Status DEGRADED = new Status("DEGRADED");

  private final ReadingHealth reading;
  private final ReadingHealth blocks;
  private final StatusQueries status;
  /** The newest block, and since when partitions are known to be beyond it. */
  private Optional<Passed> passed = Optional.empty();

  private record Passed(long block, Instant since) {}

  /**
   * @param reading of the account events
   * @param blocks of the topic of blocks
   */
  public IntakeHealth(ReadingHealth reading, ReadingHealth blocks, StatusQueries status) {
    this.reading = reading;
    this.blocks = blocks;
    this.status = status;
  }

  @Override
  public Health health() {
    SortedMap<String, String> problems = reading.problems();
    blocks.problems().forEach((part, problem) -> problems.put("blocks, " + part, problem));
    lag().ifPresent(problem -> problems.put("blocks", problem));
    int quarantined = status.quarantinedOwners();
    Health.Builder health = problems.isEmpty()
        ? Health.status(quarantined == 0 ? Status.UP : DEGRADED)
        : Health.down().withDetails(problems);
    return health.withDetail("quarantined_owners", quarantined)
        .withDetail("partitions", reading.progress().partitions().size()).build();
  }

  private synchronized Optional<String> lag() {
    StatusQueries.NewestBlock newest = status.newestBlock();
    Instant now = blocks.clock().instant();
    passed = !newest.isPassed() ? Optional.empty()
        : passed.filter(before -> before.block() == newest.number()).or(() -> Optional.of(
            new Passed(newest.number(), now)));
    return passed.filter(before -> before.since().isBefore(now.minus(blocks.stalledAfter())))
        .map(before -> "partitions are beyond the newest block " + before.block() + " since " + before.since());
  }
}
