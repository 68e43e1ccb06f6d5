package io.neuronledger.command.wiring.health;

import io.neuronledger.command.report.ReportProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while usage reports from Kafka are not recorded. */
public final class UsageHealth implements HealthIndicator {
  private final ReportProgress progress;
  private final Duration stallAfter;
  private final Clock clock;

  public UsageHealth(ReportProgress progress, Duration stallAfter, Clock clock) {
    this.progress = progress;
    this.stallAfter = stallAfter;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Instant stepped = progress.steppedAt();
    boolean stalled = stepped.isBefore(clock.instant().minus(stallAfter));
    Health.Builder health = stalled ? Health.down() : Health.up();
    progress.failure().ifPresent(reason -> health.withDetail("failing", reason));
    return health.withDetail("stepped_at", stepped).build();
  }
}
