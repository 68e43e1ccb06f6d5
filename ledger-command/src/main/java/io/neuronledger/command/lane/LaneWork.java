package io.neuronledger.command.lane;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.neuronledger.command.store.LaneRow;
import io.neuronledger.command.store.UnitsOfWork;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Units of work on lanes: one transaction that moves or takes the lane, loads, applies and appends. Whatever fails, nothing
 * of it is stored, and it is safe to read the lane again and repeat.
 */
public final class LaneWork {
  private final LaneStores stores;
  private final UnitsOfWork units;
  private final DistributionSummary batchSizes;
  private final Timer durations;

  public LaneWork(LaneStores stores, UnitsOfWork units, MeterRegistry meters) {
    this.stores = stores;
    this.units = units;
    this.batchSizes = DistributionSummary.builder("ledger.command.intake.batch")
        .description("chain events recorded in one unit of work").register(meters);
    this.durations = Timer.builder("ledger.command.intake.unit")
        .description("how long a unit of work takes, with its commit").register(meters);
  }

  public LaneMemory remember(int lane) {
    return stores.remember(lane);
  }

  /**
   * Records the next records of a lane.
   *
   * @param batch in order; a retraction only as the first, because it looks for what is stored
   * @throws LaneTaken if the lane is no longer as remembered
   * @throws LaneStopped if a record must not be recorded, and must not be passed over
   */
  public void record(LaneMemory memory, List<LaneRecord> batch) {
    LaneRecord last = batch.getLast();
    durations.record(() -> units.run("record", () -> {
      LaneRow before = memory.row;
      memory.row = stores.lane().advance(before, last.seq() + 1, last.offset() + 1)
          .orElseThrow(() -> new LaneTaken(before.lane()));
      LaneUnit unit = new LaneUnit(stores, memory);
      LaneRecorder recorder = new LaneRecorder(stores, memory, unit);
      batch.forEach(recorder::take);
      unit.finish();
      return memory;
    }));
    batchSizes.record(batch.size());
  }

  /** Works on a lane from outside of its intake, which will notice and read the lane again. */
  <R> R take(int lane, BiFunction<LaneUnit, LaneRecorder, R> work) {
    return units.run("take", () -> {
      stores.lane().take(lane);
      LaneMemory memory = stores.remember(lane);
      LaneUnit unit = new LaneUnit(stores, memory);
      R result = work.apply(unit, new LaneRecorder(stores, memory, unit));
      unit.finish();
      return result;
    });
  }
}
