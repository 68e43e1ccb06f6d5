package io.neuronledger.command.wiring.health;

import io.neuronledger.command.intake.IntakeProgress;
import io.neuronledger.command.intake.PartitionProgress;
import io.neuronledger.command.quarantine.Quarantine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while a partition makes no progress. Quarantined owners are only counted, because all other owners are served.
 */
public final class IntakeHealth implements HealthIndicator {
  private final IntakeProgress progress;
  private final Quarantine quarantine;
  private final Duration stallAfter;
  private final Clock clock;

  public IntakeHealth(IntakeProgress progress, Quarantine quarantine, Duration stallAfter, Clock clock) {
    this.progress = progress;
    this.quarantine = quarantine;
    this.stallAfter = stallAfter;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Instant stalledBefore = clock.instant().minus(stallAfter);
    List<PartitionProgress> partitions = progress.partitions();
    List<String> troubles = partitions.stream().filter(partition -> isDown(partition, stalledBefore))
        .map(IntakeHealth::describe).toList();
    boolean stepping = progress.steppedAt().isAfter(stalledBefore);
    Health.Builder health = troubles.isEmpty() && stepping && progress.hasJoined() ? Health.up() : Health.down();
    return health
        .withDetail("joined", progress.hasJoined())
        .withDetail("last_step", progress.steppedAt())
        .withDetail("partitions", partitions.stream().map(PartitionProgress::partition).toList())
        .withDetail("troubles", troubles)
        .withDetail("quarantined_owners", quarantine.all().size())
        .build();
  }

  private static boolean isDown(PartitionProgress partition, Instant stalledBefore) {
    return switch (partition.state()) {
      case STOPPED -> true;
      case RETRYING -> partition.movedAt().isBefore(stalledBefore);
      case RUNNING -> partition.lag().orElse(0) > 0 && partition.movedAt().isBefore(stalledBefore);
    };
  }

  private static String describe(PartitionProgress partition) {
    return "partition " + partition.partition() + " " + partition.state() + " at seq " + partition.nextSeq() + ": "
        + (partition.reason().isEmpty() ? "lags and makes no progress" : partition.reason());
  }
}
