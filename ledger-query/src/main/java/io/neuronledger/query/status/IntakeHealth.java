package io.neuronledger.query.status;

import io.neuronledger.foundation.partitionlog.progress.ReadingHealth;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Down while this instance does not process its records. Quarantined owners make it {@code DEGRADED}: answers for other
 * owners are unaffected.
 */
public final class IntakeHealth implements HealthIndicator {
  /** The service works, but an operator must act. */
  public static final Status DEGRADED = new Status("DEGRADED");

  private final ReadingHealth reading;
  private final StatusQueries status;

  public IntakeHealth(ReadingHealth reading, StatusQueries status) {
    this.reading = reading;
    this.status = status;
  }

  @Override
  public Health health() {
    Map<String, String> problems = reading.problems();
    int quarantined = status.quarantinedOwners();
    Health.Builder health = problems.isEmpty()
        ? Health.status(quarantined == 0 ? Status.UP : DEGRADED)
        : Health.down().withDetails(problems);
    return health.withDetail("quarantined_owners", quarantined)
        .withDetail("partitions", reading.progress().partitions().size()).build();
  }
}
