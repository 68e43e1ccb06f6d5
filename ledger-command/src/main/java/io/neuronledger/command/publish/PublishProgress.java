package io.neuronledger.command.publish;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How far publication has come, told by the publishers, read by health and metrics. */
public final class PublishProgress {
  private final Clock clock;
  private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();
  private final Map<Integer, String> troubles = new ConcurrentHashMap<>();
  private final LongAdder published = new LongAdder();

  /**
   * @param nextSeq the first not yet published
   * @param head the first not yet stored
   * @param movedAt when it last published something, or had nothing to publish
   */
  public record Partition(int partition, long nextSeq, long head, Instant movedAt) {
    public long lag() {
      return head - nextSeq;
    }
  }

  public PublishProgress(Clock clock) {
    this.clock = clock;
  }

  /** Of the partitions that this instance publishes now. */
  public List<Partition> partitions() {
    return partitions.values().stream().sorted(Comparator.comparingInt(Partition::partition)).toList();
  }

  /** Why groups of partitions are not published, by group. */
  public Map<Integer, String> troubles() {
    return Map.copyOf(troubles);
  }

  /** Events published by this process. */
  public long published() {
    return published.sum();
  }

  void seen(int partition, long nextSeq, long head) {
    partitions.compute(partition, (_, known) -> new Partition(partition, nextSeq, head,
        known == null || nextSeq == head ? clock.instant() : known.movedAt()));
  }

  void published(int partition, long nextSeq, int events) {
    published.add(events);
    partitions.compute(partition, (_, known) ->
        new Partition(partition, nextSeq, known == null ? nextSeq : known.head(), clock.instant()));
  }

  void troubled(PartitionGroup group, String why) {
    troubles.put(group.number(), why);
  }

  void well(PartitionGroup group) {
    troubles.remove(group.number());
  }

  void left(PartitionGroup group) {
    group.partitions().forEach(partitions::remove);
    troubles.remove(group.number());
  }
}
