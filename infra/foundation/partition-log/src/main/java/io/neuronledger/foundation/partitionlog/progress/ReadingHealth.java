package io.neuronledger.foundation.partitionlog.progress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether this instance reads its partitions. Nothing to read is no problem.
 *
 * @param stalledAfter how long a partition may lag without progress, a reader may make no step, or Kafka may not answer
 */
public record ReadingHealth(PartitionProgress progress, TopicWatch watch, Duration stalledAfter, Clock clock) {

  /** The problems, by reader, partition or {@code kafka}; empty if there are none. */
  public SortedMap<String, String> problems() {
    Instant tooOld = clock.instant().minus(stalledAfter);
    SortedMap<String, String> problems = new TreeMap<>();
    if (progress.steps().isEmpty()) {
      problems.put("readers", "no reader is running");
    }
    progress.steps().forEach((reader, at) -> {
      if (at.isBefore(tooOld)) {
        problems.put(reader, "has made no step since " + at);
      }
    });
    if (watch.answeredAt().isBefore(tooOld)) {
      problems.put("kafka", "has not answered since " + watch.answeredAt());
    }
    for (PartitionProgress.Partition partition : progress.partitions()) {
      problem(partition, tooOld).ifPresent(problem -> problems.put("partition " + partition.number(), problem));
    }
    return problems;
  }

  private Optional<String> problem(PartitionProgress.Partition partition, Instant tooOld) {
    return switch (partition.state()) {
      case HALTED -> Optional.of("halted at seq " + partition.nextSeq() + ": " + partition.reason());
      case RETRYING -> Optional.of("retries at seq " + partition.nextSeq() + ": " + partition.reason())
          .filter(_ -> partition.movedAt().isBefore(tooOld));
      case RUNNING -> watch.behind(partition.number()).filter(behind -> behind.since().isBefore(tooOld))
          .map(behind -> "is at offset " + behind.offset() + " of " + behind.end() + " since " + behind.since());
    };
  }
}
