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

  void took(List<UsageOutcome> outcomes) {
    for (UsageOutcome outcome : outcomes) {
      switch (outcome) {
        case UsageOutcome.Recorded _ -> recorded.increment();
        case UsageOutcome.Repeated _ -> repeated.increment();
        case UsageOutcome.Refused _ -> refused.increment();
      }
    }
  }

  void stepped() {
    steppedAt = clock.instant();
    failure = Optional.empty();
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
