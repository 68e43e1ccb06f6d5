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
  private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
  private final Map<Integer, String> troubles = new ConcurrentHashMap<>();
  private final LongAdder published = new LongAdder();

  /**
   * @param nextSeq the first not yet published
   * @param head the first not yet stored
   * @param movedAt when it last published something, or had nothing to publish
   */
  public record Lane(int lane, long nextSeq, long head, Instant movedAt) {
    public long lag() {
      return head - nextSeq;
    }
  }

  public PublishProgress(Clock clock) {
    this.clock = clock;
  }

  /** Of the lanes that this instance publishes now. */
  public List<Lane> lanes() {
    return lanes.values().stream().sorted(Comparator.comparingInt(Lane::lane)).toList();
  }

  /** Why groups of lanes are not published, by group. */
  public Map<Integer, String> troubles() {
    return Map.copyOf(troubles);
  }

  /** Events published by this process. */
  public long published() {
    return published.sum();
  }

  void seen(int lane, long nextSeq, long head) {
    lanes.compute(lane, (_, known) -> new Lane(lane, nextSeq, head,
        known == null || nextSeq == head ? clock.instant() : known.movedAt()));
  }

  void published(int lane, long nextSeq, int events) {
    published.add(events);
    lanes.compute(lane, (_, known) ->
        new Lane(lane, nextSeq, known == null ? nextSeq : known.head(), clock.instant()));
  }

  void troubled(LaneGroup group, String why) {
    troubles.put(group.number(), why);
  }

  void well(LaneGroup group) {
    troubles.remove(group.number());
  }

  void left(LaneGroup group) {
    group.lanes().forEach(lanes::remove);
    troubles.remove(group.number());
  }
}
