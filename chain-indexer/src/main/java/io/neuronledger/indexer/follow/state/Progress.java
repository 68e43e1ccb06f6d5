package io.neuronledger.indexer.follow.state;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.following.GuardRange;
import io.neuronledger.indexer.guard.GuardRanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The follower's activity and position, for health and metrics. Written by the follower's thread, read by any. */
public final class Progress {
  /** The role of this instance in its group. */
  public enum Role {
    /** The group has not assigned a role yet. */
    STARTING,
    /** Another instance leads; this one is on standby. */
    PASSIVE,
    LEADING,
    /** An operator must act. */
    HALTED
  }

  /**
   * A snapshot.
   *
   * @param stage the current activity
   * @param lastGood when the last step succeeded; for a passive instance, when the group last answered
   * @param head the chain's newest block as last read; −1 before
   * @param headTime that block's time
   * @param published the last published block; −1 before
   * @param finalized the highest block known to be final; −1 where none is
   * @param failure the last failure; empty after the next success
   */
  public record View(Role role, String stage, Instant lastGood, long head, Instant headTime, long published,
      long finalized, Optional<String> failure) {}

  private final Clock clock;
  private final Counter records;
  private final Counter retractions;
  private final Counter reconciliations;
  private final Counter reconciliationFailures;
  private final DistributionSummary recordsPerStep;
  private final Timer steps;
  private volatile View view;
  private volatile List<GuardRange> guard = List.of();
  private volatile Runnable listener = () -> { };

  public Progress(Clock clock, MeterRegistry registry) {
    this.clock = clock;
    this.view = new View(Role.STARTING, "starting", clock.instant(), -1, Instant.EPOCH, -1, -1, Optional.empty());
    this.records = registry.counter("indexer.records.published");
    this.retractions = registry.counter("indexer.retractions");
    this.reconciliations = registry.counter("indexer.reconciliations");
    this.reconciliationFailures = registry.counter("indexer.reconciliation.failures");
    this.recordsPerStep = registry.summary("indexer.records.per.step");
    this.steps = Timer.builder("indexer.step").description("fetching, decoding and publishing some blocks")
        .register(registry);
    gauge(registry, "indexer.head.block", "newest block of the chain", now -> now.head);
    gauge(registry, "indexer.published.block", "last published block", now -> now.published);
    gauge(registry, "indexer.finalized.block", "highest block known to be final", now -> now.finalized);
    gauge(registry, "indexer.head.distance", "blocks between them",
        now -> now.published < 0 ? 0 : Math.max(0, now.head - now.published));
    for (BlockGuard kind : BlockGuard.values()) {
      Gauge.builder("indexer.guard.blocks", this, progress -> progress.blocks(kind)).tag("guard", kind.tag())
          .description("published blocks by how it is known that none of their changes is missing").register(registry);
    }
    gauge(registry, "indexer.leader", "1 where this instance writes", now -> now.role == Role.LEADING ? 1 : 0);
    gauge(registry, "indexer.halted", "1 where an operator must act", now -> now.role == Role.HALTED ? 1 : 0);
  }

  public View view() {
    return view;
  }

  /** The guard ranges of the published blocks, oldest first. */
  public List<GuardRange> guard() {
    return guard;
  }

  /** @param listener called by the follower's thread after each change; must not block */
  public void onChange(Runnable listener) {
    this.listener = listener;
  }

  private void set(View changed) {
    view = changed;
    listener.run();
  }

  public void guarded(GuardRanges ranges) {
    guard = List.copyOf(ranges.all().values());
    listener.run();
  }

  public Instant headTime() {
    return view.headTime;
  }

  public void role(Role role) {
    View now = view;
    Instant lastGood = now.role == role ? now.lastGood : clock.instant();
    set(new View(role, now.stage, lastGood, now.head, now.headTime, now.published, now.finalized, now.failure));
  }

  public void stage(String stage) {
    View now = view;
    set(new View(now.role, stage, now.lastGood, now.head, now.headTime, now.published, now.finalized, now.failure));
  }

  public void headSeen(long head, Instant time) {
    View now = view;
    set(new View(now.role, now.stage, now.lastGood, head, time, now.published, now.finalized, now.failure));
  }

  /** A step succeeded, or there was nothing to do and the head is known. */
  public void worked() {
    View now = view;
    set(new View(now.role, now.stage, clock.instant(), now.head, now.headTime, now.published, now.finalized,
        Optional.empty()));
  }

  public void failed(String failure) {
    View now = view;
    set(new View(now.role, now.stage, now.lastGood, now.head, now.headTime, now.published, now.finalized,
        Optional.of(failure)));
  }

  /** @param took the time from the first request for these blocks to the end of their transaction */
  public void published(Cursor cursor, int recordsWritten, Duration took) {
    steps.record(took);
    records.increment(recordsWritten);
    recordsPerStep.record(recordsWritten);
    // Last: the records of a block that shows are counted.
    reached(cursor);
  }

  /** The published position, as loaded from Kafka. */
  public void reached(Cursor cursor) {
    View now = view;
    set(new View(now.role, now.stage, now.lastGood, now.head, now.headTime, cursor.block().number(),
        cursor.finalizedBlock(), now.failure));
  }

  /** The contracts' state was published for reconciliation. */
  public void reconciled(int recordsWritten) {
    reconciliations.increment();
    records.increment(recordsWritten);
    stage("at the head");
  }

  /** The node did not answer a reconciliation. */
  public void reconciliationFailed() {
    reconciliationFailures.increment();
    stage("at the head");
  }

  public void retracted(long blocks) {
    retractions.increment();
    stage("retracted " + blocks + " blocks");
  }

  public void halted(String why) {
    failed(why);
    role(Role.HALTED);
  }

  private double blocks(BlockGuard kind) {
    return guard.stream().filter(range -> range.guard() == kind).mapToLong(range -> range.to() - range.from() + 1)
        .sum();
  }

  private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<View> value) {
    Gauge.builder(name, this, progress -> value.applyAsDouble(progress.view)).description(description)
        .register(registry);
  }
}
