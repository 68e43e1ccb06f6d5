package io.neuronledger.query.rebuild;

import io.neuronledger.query.blocks.BlocksIntake;
import io.neuronledger.query.generation.Generation;
import io.neuronledger.query.generation.Generations;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rebuild, from the first records until the old generation is dropped. Transient failures are retried from the new
 * generation's position; if it ends before the switch, the live generation is unchanged.
 */
final class Rebuild implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Rebuild.class);
  private static final Duration BACKOFF = Duration.ofSeconds(1);
  /** The maximum time for which all partitions are blocked while the last records are processed. */
  private static final Duration HOLD_MAX = Duration.ofSeconds(5);
  private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);

  private final RebuildParts parts;
  private final Generations.BuildingRight right;
  private final RebuildProgress progress;
  private final CountDownLatch stopping = new CountDownLatch(1);

  Rebuild(RebuildParts parts, Generations.BuildingRight right) {
    this.parts = parts;
    this.right = right;
    this.progress = new RebuildProgress(parts.clock());
  }

  RebuildProgress progress() {
    return progress;
  }

  /** Stops the rebuild at the next opportunity. Before the switch, the new generation is dropped. */
  void stop() {
    stopping.countDown();
  }

  @Override
  public void run() {
    try (right) {
      Generation old = parts.generations().live();
      dropIdle();
      Generation next = parts.generations().begin();
      progress.building(next);
      boolean switched = false;
      try {
        switched = build(next);
      } finally {
        // The response to the commit may have been lost; then the new generation is live.
        switched = switched || parts.generations().live().equals(next);
        if (!switched) {
          parts.generations().drop(next);
        }
      }
      if (switched) {
        log.info("generation {} of the read model is live", next.number());
        progress.switched();
        dropOnceUnread(old);
      } else {
        progress.stopped();
      }
    } catch (RuntimeException e) {
      log.error("the rebuild failed", e);
      progress.failed(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Drops generations left by an interrupted rebuild, or by a service that stopped before the last reader of an old one
   * ended.
   */
  private void dropIdle() {
    String now = parts.generations().now();
    List<Generation> idle = parts.generations().idle();
    if (!idle.isEmpty() && awaitUnread(now)) {
      idle.forEach(parts.generations()::drop);
    }
  }

  /** @return whether the new generation is live; false if the rebuild was stopped */
  private boolean build(Generation next) {
    DSLContext building = parts.generations().forBuild(next);
    parts.prepare().accept(building);
    while (stopping.getCount() > 0) {
      try (BuildingReader topics = new BuildingReader(parts, building)) {
        while (stopping.getCount() > 0) {
          topics.step().ifPresent(progress::trouble);
          if (isClose(building) && parts.generations().makeLive(next, () -> catchesUp(topics, building))) {
            return true;
          }
        }
      } catch (DataAccessException | KafkaException e) {
        log.warn("the rebuild retries in {}", BACKOFF, e);
        progress.trouble(String.valueOf(e.getMessage()));
        pause(BACKOFF);
      }
    }
    return false;
  }

  /** Whether the rest is small enough to be processed while all partitions are blocked. */
  private boolean isClose(DSLContext building) {
    PartitionCounts live = PartitionCounts.of(parts.live());
    PartitionCounts built = PartitionCounts.of(building);
    progress.at(built.total(), Math.max(built.total(), live.total()));
    return built.behind(live) <= parts.batchMax() && built.blocksBehind(live) <= BlocksIntake.BATCH_MAX;
  }

  private boolean catchesUp(BuildingReader topics, DSLContext building) {
    PartitionCounts live = PartitionCounts.of(parts.generations().forBuild(parts.generations().live()));
    long deadline = System.nanoTime() + HOLD_MAX.toNanos();
    PartitionCounts built = PartitionCounts.of(building);
    while (built.behind(live) > 0 || built.blocksBehind(live) > 0) {
      if (stopping.getCount() == 0 || System.nanoTime() > deadline) {
        return false;
      }
      topics.step();
      built = PartitionCounts.of(building);
    }
    return stopping.getCount() > 0;
  }

  private void dropOnceUnread(Generation old) {
    if (awaitUnread(parts.generations().now())) {
      parts.generations().drop(old);
      progress.done();
    } else {
      log.info("the next rebuild drops generation {} of the read model", old.number());
      progress.stopped();
    }
  }

  /** @return false if the rebuild was stopped first */
  private boolean awaitUnread(String time) {
    while (parts.generations().isReadSince(time)) {
      if (pause(CHECK_INTERVAL)) {
        return false;
      }
    }
    return true;
  }

  /** @return whether the rebuild was stopped */
  private boolean pause(Duration duration) {
    try {
      return stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
      return true;
    }
  }
}
