package io.neuronledger.command.report;

import io.neuronledger.command.usage.UsageOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** How the intake of usage reports is doing, told by it and by REST, read by health and metrics. */
public final class ReportProgress {
  private final Clock clock;
  private final LongAdder recorded = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile Instant steppedAt;
  private volatile Optional<String> failure = Optional.empty();

  public ReportProgress(Clock clock) {
    this.clock = clock;
    this.steppedAt = clock.instant();
  }

  /** What became of reports, over REST or off Kafka. */
  void counted(List<UsageOutcome> outcomes) {
    for (UsageOutcome outcome : outcomes) {
      switch (outcome) {
        case UsageOutcome.Recorded _ -> recorded.increment();
        case UsageOutcome.Repeated _ -> repeated.increment();
        case UsageOutcome.Refused _ -> refused.increment();
      }
    }
  }

  /** What Kafka had was taken, and is committed; or it is another instance's to take. */
  void well() {
    failure = Optional.empty();
    steppedAt = clock.instant();
  }

  /** Kafka is asked for more. That is no step while what it had cannot be taken. */
  void asked() {
    if (failure.isEmpty()) {
      steppedAt = clock.instant();
    }
  }

  void failing(String reason) {
    failure = Optional.of(reason);
  }

  /** When Kafka was last asked and everything it had was taken. */
  public Instant steppedAt() {
    return steppedAt;
  }

  /** Why reports are not taken off Kafka now, for people. */
  public Optional<String> failure() {
    return failure;
  }

  public long recorded() {
    return recorded.sum();
  }

  public long repeated() {
    return repeated.sum();
  }

  public long refused() {
    return refused.sum();
  }
}
