package io.neuronledger.cli.bench.server;

import io.neuronledger.cli.bench.figure.Figure;
import io.neuronledger.cli.bench.figure.Stage;
import io.neuronledger.cli.bench.figure.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A counter of finished blocks that a stage drives to its end. Events are evenly distributed over the blocks.
 *
 * @param finished the number of finished blocks
 * @param poll the time between two reads
 */
public record Progress(LongSupplier finished, long blocks, double eventsPerBlock, Duration poll) {
  private static final Duration STALLED = Duration.ofMinutes(3);

  /**
   * Measures from the first finished blocks to the end, so that connecting to the servers does not count: a stage may
   * also have begun while its application was still starting. One that finishes all at once is measured from the first
   * read.
   *
   * @param begin reads the costs at the beginning
   * @return the rate, and the costs per event
   * @throws IllegalStateException if the counter stalls for three minutes, or has reached its end before the first read
   */
  public List<Figure> measure(Stage stage, Supplier<Costs> begin) {
    Costs costs = begin.get();
    long start = System.nanoTime();
    long before = finished.getAsLong();
    if (before >= blocks) {
      throw new IllegalStateException("all " + blocks + " blocks were finished before the first read of " + stage
          + ": too few to measure");
    }
    await(before + 1);
    long first = finished.getAsLong();
    if (first < blocks) {
      costs = begin.get();
      start = System.nanoTime();
      before = first;
    }
    awaitEnd();
    double seconds = (System.nanoTime() - start) / 1e9;
    double events = (blocks - before) * eventsPerBlock;
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of(stage, "", Unit.EVENTS_PER_SECOND, events / seconds));
    figures.addAll(costs.perEvent(stage, events));
    return figures;
  }

  /** @throws IllegalStateException if the counter stalls for three minutes */
  public void awaitEnd() {
    await(blocks);
  }

  /** @throws IllegalStateException if the counter stalls for three minutes */
  public void await(long wanted) {
    long last = finished.getAsLong();
    long since = System.nanoTime();
    while (last < wanted) {
      pause(poll);
      long now = finished.getAsLong();
      if (now > last) {
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STALLED.toNanos()) {
        throw new IllegalStateException("only " + now + " of " + wanted + ", and no more for " + STALLED);
      }
      last = now;
    }
  }

  /** Waits for so long. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
