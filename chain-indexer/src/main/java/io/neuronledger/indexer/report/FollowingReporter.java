package io.neuronledger.indexer.report;

import io.neuronledger.indexer.follow.Progress;
import io.neuronledger.indexer.follow.WakeUp;
import io.neuronledger.indexer.publish.ReportPublisher;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Reports the progress to the topic of reports, when it changes and every ten seconds, on a thread of its own: also
 * after following has halted. While Kafka is away nothing is reported, and readers take that for unknown.
 */
public final class FollowingReporter implements AutoCloseable {
  /** Nothing wakes this thread where following hangs: then the time that has passed is what there is to report. */
  private static final Duration LOOKS_AT_LEAST_EVERY = Duration.ofSeconds(1);
  private static final Duration CLOSES_WITHIN = Duration.ofSeconds(3);

  private final Progress progress;
  private final ReportWriter writer;
  private final ReportPublisher publisher;
  private final InstantSource clock;
  private final WakeUp changes = new WakeUp();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param publisher closed with this
   * @param stallMax following has stalled once no step has worked for longer than this
   */
  public FollowingReporter(Progress progress, ReportPublisher publisher, Duration stallMax, InstantSource clock) {
    this.progress = progress;
    this.writer = new ReportWriter(stallMax);
    this.publisher = publisher;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("following-reporter").daemon().unstarted(this::run);
    progress.onChange(changes::signal);
  }

  /** Begins to report. */
  public FollowingReporter start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!closed) {
        writer.due(progress.view(), progress.guard(), clock.instant()).ifPresent(publisher::publish);
        changes.await(LOOKS_AT_LEAST_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports that this instance has stopped, where it followed, and ends. To be called once following has ended. */
  @Override
  public void close() {
    closed = true;
    changes.signal();
    try {
      if (thread.isAlive()) {
        thread.join(CLOSES_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.last(clock.instant()).ifPresent(publisher::publish);
    publisher.close();
  }
}
