package io.neuronledger.command.publish;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The progress of publication, written by the publishers, read by health and metrics. */
public final class PublishProgress {
  private static final Logger log = LoggerFactory.getLogger(PublishProgress.class);

  private final Clock clock;
  private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();
  private final Map<Integer, String> troubles = new ConcurrentHashMap<>();
  private final LongAdder published = new LongAdder();

  /**
   * @param nextSeq the next seq to publish
   * @param head the next seq to store
   * @param movedAt when it last published an event, or had none to publish
   */
  public record Partition(int partition, long nextSeq, long head, Instant movedAt) {
    public long lag() {
      return head - nextSeq;
    }
  }

  public PublishProgress(Clock clock) {
    this.clock = clock;
  }

  /** The partitions that this instance publishes, in order of number. */
  public List<Partition> partitions() {
    return partitions.values().stream().sorted(Comparator.comparingInt(Partition::partition)).toList();
  }

  /** Reasons why groups of partitions are not published, by group. */
  public Map<Integer, String> troubles() {
    return Map.copyOf(troubles);
  }

  /** The number of events published by this process. */
  public long published() {
    return published.sum();
  }

  void update(int partition, long nextSeq, long head) {
    partitions.compute(partition, (_, known) -> new Partition(partition, nextSeq, head,
        known == null || nextSeq == head ? clock.instant() : known.movedAt()));
  }

  void advance(int partition, long nextSeq, int events) {
    published.add(events);
    partitions.compute(partition, (_, known) ->
        new Partition(partition, nextSeq, known == null ? nextSeq : known.head(), clock.instant()));
  }

  void setFailure(PartitionGroup group, String reason) {
    troubles.put(group.number(), reason);
  }

  void clearFailure(PartitionGroup group) {
    troubles.remove(group.number());
  }

  /** @param missing the events that the store lacks, for operators; their partitions are not published */
  void setMissing(PartitionGroup group, List<String> missing) {
    if (missing.isEmpty()) {
      clearFailure(group);
    } else {
      String reason = String.join("; ", missing);
      if (!reason.equals(troubles.put(group.number(), reason))) {
        log.error("HALTED, an operator must act: {}", reason);
      }
    }
  }

  void remove(PartitionGroup group) {
    group.partitions().forEach(partitions::remove);
    troubles.remove(group.number());
  }
}
