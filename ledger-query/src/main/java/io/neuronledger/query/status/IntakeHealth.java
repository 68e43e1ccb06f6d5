package io.neuronledger.query.status;

import io.neuronledger.query.intake.PartitionProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Reports whether this instance processes its records: down if a partition is halted or does not advance although it
 * has records to read, if a consumer does not poll, or if Kafka does not answer. An idle chain is healthy. Quarantined
 * owners make it {@code DEGRADED}: answers for other owners are unaffected.
 */
public final class IntakeHealth implements HealthIndicator {
  /** The service works, but an operator must act. */
  public static final Status DEGRADED = new Status("DEGRADED");

  private final PartitionProgress progress;
  private final TopicWatch watch;
  private final StatusQueries status;
  private final Duration stalledAfter;
  private final Clock clock;

  public IntakeHealth(PartitionProgress progress, TopicWatch watch, StatusQueries status, Duration stalledAfter,
      Clock clock) {
    this.progress = progress;
    this.watch = watch;
    this.status = status;
    this.stalledAfter = stalledAfter;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Map<String, String> problems = problems(clock.instant());
    int quarantined = status.quarantinedOwners();
    Health.Builder health = problems.isEmpty()
        ? Health.status(quarantined == 0 ? Status.UP : DEGRADED)
        : Health.down().withDetails(problems);
    return health.withDetail("quarantined_owners", quarantined).withDetail("partitions", progress.partitions().size())
        .build();
  }

  /** The problems, by consumer loop, partition or {@code kafka}. */
  Map<String, String> problems(Instant now) {
    Instant tooOld = now.minus(stalledAfter);
    Map<String, String> problems = new TreeMap<>();
    if (progress.polls().isEmpty()) {
      problems.put("consumers", "no consumer is running");
    }
    progress.polls().forEach((loop, at) -> {
      if (at.isBefore(tooOld)) {
        problems.put(loop, "has not polled since " + at);
      }
    });
    if (watch.seenAt().isBefore(tooOld)) {
      problems.put("kafka", "has not answered since " + watch.seenAt());
    }
    progress.partitions().forEach((partition, at) -> {
      at.stopped().ifPresent(reason -> problems.put("partition " + partition, "stopped: " + reason));
      watch.behind(partition).filter(behind -> behind.since().isBefore(tooOld))
          .ifPresent(behind -> problems.putIfAbsent("partition " + partition,
              "is at offset " + behind.offset() + " of " + behind.end() + " since " + behind.since()));
    });
    return problems;
  }
}
