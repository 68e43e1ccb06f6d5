package io.neuronledger.indexer.wiring;

import io.neuronledger.indexer.follow.FollowLoop;
import io.neuronledger.indexer.follow.FollowingHalted;
import io.neuronledger.indexer.report.FollowingReporter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the loop on a thread of its own between the start and the stop of the service. */
@Component
class FollowLifecycle implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(FollowLifecycle.class);
  private static final Duration STEP_ENDS_WITHIN = Duration.ofSeconds(10);

  private final FollowLoop loop;
  private final FollowingReporter reporter;
  private volatile @Nullable Thread thread;

  FollowLifecycle(FollowLoop loop, FollowingReporter reporter) {
    this.loop = loop;
    this.reporter = reporter;
  }

  /** @throws StartRefused if this must not be started with these nodes, or with what is stored */
  @Override
  public void start() {
    try {
      loop.check();
    } catch (FollowingHalted e) {
      throw new StartRefused(String.valueOf(e.getMessage()), e);
    }
    reporter.start();
    thread = Thread.ofPlatform().name("chain-indexer").start(loop);
  }

  @Override
  public void stop() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    loop.stop();
    try {
      if (!running.join(STEP_ENDS_WITHIN)) {
        log.warn("the step at hand did not end within {}: interrupting it; nothing of it becomes visible",
            STEP_ENDS_WITHIN);
        running.interrupt();
        running.join(STEP_ENDS_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
