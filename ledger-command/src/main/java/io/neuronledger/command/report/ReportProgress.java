package io.neuronledger.command.report;

import io.neuronledger.command.usage.UsageOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The progress of usage reports, written by the Kafka intake and by REST, read by health and metrics. */
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

  /** Counts the outcomes of reports, from REST or Kafka. */
  void count(List<UsageOutcome> outcomes) {
    for (UsageOutcome outcome : outcomes) {
      switch (outcome) {
        case UsageOutcome.Recorded _ -> recorded.increment();
        case UsageOutcome.Repeated _ -> repeated.increment();
        case UsageOutcome.Refused _ -> refused.increment();
      }
    }
  }

  /** All polled reports are committed, or their partitions have moved to another instance. */
  void recordSuccess() {
    failure = Optional.empty();
    steppedAt = clock.instant();
  }

  /** A poll of Kafka. It counts as a step only while there is no failure. */
  void recordPoll() {
    if (failure.isEmpty()) {
      steppedAt = clock.instant();
    }
  }

  void recordFailure(String reason) {
    failure = Optional.of(reason);
  }

  /** When Kafka was last polled without a failure. */
  public Instant steppedAt() {
    return steppedAt;
  }

  /** Why reports from Kafka are not recorded now; empty while they are. */
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
