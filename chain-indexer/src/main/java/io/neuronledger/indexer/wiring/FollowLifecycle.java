package io.neuronledger.indexer.wiring;

import io.neuronledger.indexer.follow.FollowLoop;
import io.neuronledger.indexer.follow.state.FollowingHalted;
import io.neuronledger.indexer.report.FollowingReporter;
import io.neuronledger.indexer.wiring.settings.StartRefused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the loop on its own thread between the start and the stop of the service. */
@Component
class FollowLifecycle implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(FollowLifecycle.class);
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(10);

  private final FollowLoop loop;
  private final FollowingReporter reporter;
  private volatile @Nullable Thread thread;

  FollowLifecycle(FollowLoop loop, FollowingReporter reporter) {
    this.loop = loop;
    this.reporter = reporter;
  }

  /** @throws StartRefused if the service must not start with these nodes or with the stored data */
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
      if (!running.join(STEP_TIMEOUT)) {
        log.warn("the current step did not end within {}: interrupting it; nothing of it becomes visible",
            STEP_TIMEOUT);
        running.interrupt();
        running.join(STEP_TIMEOUT);
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
