package io.neuronledger.command.wiring.health;

import io.neuronledger.command.quarantine.Quarantine;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.foundation.partitionlog.progress.ReadingHealth;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while a partition makes no progress. Quarantined owners are only counted, because all other owners are served.
 */
public final class IntakeHealth implements HealthIndicator {
  private final ReadingHealth reading;
  private final Quarantine quarantine;

  public IntakeHealth(ReadingHealth reading, Quarantine quarantine) {
    this.reading = reading;
    this.quarantine = quarantine;
  }

  @Override
  public Health health() {
    PartitionProgress progress = reading.progress();
    Map<String, String> problems = reading.problems();
    Health.Builder health = problems.isEmpty() && progress.hasJoined() ? Health.up() : Health.down();
    return health
        .withDetails(problems)
        .withDetail("joined", progress.hasJoined())
        .withDetail("partitions", progress.partitions().stream().map(PartitionProgress.Partition::number).toList())
        .withDetail("quarantined_owners", quarantine.all().size())
        .build();
  }
}
