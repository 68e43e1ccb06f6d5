package io.neuronledger.command.wiring.health;

import io.neuronledger.command.publish.PublishProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while a partition that this instance publishes lags without progress. An instance may publish none. */
public final class PublicationHealth implements HealthIndicator {
  private final PublishProgress progress;
  private final Duration stallAfter;
  private final Clock clock;

  public PublicationHealth(PublishProgress progress, Duration stallAfter, Clock clock) {
    this.progress = progress;
    this.stallAfter = stallAfter;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Instant stalledBefore = clock.instant().minus(stallAfter);
    List<PublishProgress.Partition> stalled = progress.partitions().stream()
        .filter(partition -> partition.lag() > 0 && partition.movedAt().isBefore(stalledBefore)).toList();
    Health.Builder health = stalled.isEmpty() && progress.troubles().isEmpty() ? Health.up() : Health.down();
    return health
        .withDetail("partitions", progress.partitions().stream().map(PublishProgress.Partition::partition).toList())
        .withDetail("stalled", stalled.stream().map(PublishProgress.Partition::partition).toList())
        .withDetail("troubles", progress.troubles())
        .build();
  }
}
