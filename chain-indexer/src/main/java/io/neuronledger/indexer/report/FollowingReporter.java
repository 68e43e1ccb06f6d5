package io.neuronledger.indexer.report;

import io.neuronledger.indexer.follow.WakeUp;
import io.neuronledger.indexer.follow.state.Progress;
import io.neuronledger.indexer.publish.ReportPublisher;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Publishes the progress to the reports topic, on change and every ten seconds, on its own thread: also after following
 * has halted. While Kafka is unreachable no report is published, and readers treat the state as unknown.
 */
public final class FollowingReporter implements AutoCloseable {
  /** Where following hangs no change wakes this thread: it checks the elapsed time itself. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final Progress progress;
  private final ReportWriter writer;
  private final ReportPublisher publisher;
  private final InstantSource clock;
  private final WakeUp changes = new WakeUp();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param publisher closed with this
   * @param stallMax the longest time without a successful step before following counts as stalled
   * @param confirmations the number of blocks above a block before it is published
   */
  public FollowingReporter(Progress progress, ReportPublisher publisher, Duration stallMax, long confirmations,
      InstantSource clock) {
    this.progress = progress;
    this.writer = new ReportWriter(stallMax, confirmations);
    this.publisher = publisher;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("following-reporter").daemon().unstarted(this::run);
    progress.onChange(changes::signal);
  }

  /** Starts to report. */
  public FollowingReporter start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!closed) {
        writer.due(progress.view(), progress.guard(), clock.instant()).ifPresent(publisher::publish);
        changes.await(CHECK_INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Publishes that this instance has stopped, if it followed, and ends. Call it after following has ended. */
  @Override
  public void close() {
    closed = true;
    changes.signal();
    try {
      if (thread.isAlive()) {
        thread.join(CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.last(clock.instant()).ifPresent(publisher::publish);
    publisher.close();
  }
}
