package io.neuronledger.command.partition;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.neuronledger.command.store.PartitionRow;
import io.neuronledger.command.store.UnitsOfWork;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Units of work on partitions: one transaction that moves or takes the partition, loads, applies and appends. Whatever
 * fails, nothing of it is stored, and it is safe to read the partition again and repeat.
 */
public final class PartitionTransactions {
  private final PartitionStores stores;
  private final UnitsOfWork units;
  private final DistributionSummary batchSizes;
  private final Timer durations;

  public PartitionTransactions(PartitionStores stores, UnitsOfWork units, MeterRegistry meters) {
    this.stores = stores;
    this.units = units;
    this.batchSizes = DistributionSummary.builder("ledger.command.intake.batch")
        .description("chain events recorded in one unit of work").register(meters);
    this.durations = Timer.builder("ledger.command.intake.unit")
        .description("how long a unit of work takes, with its commit").register(meters);
  }

  public PartitionState remember(int partition) {
    return stores.remember(partition);
  }

  /**
   * Records the next records of a partition.
   *
   * @param batch in order; a retraction only as the first, because it looks for what is stored
   * @throws PositionConflict if the partition is no longer as remembered
   * @throws PartitionHalted if a record must not be recorded, and must not be passed over
   */
  public void record(PartitionState memory, List<PartitionRecord> batch) {
    PartitionRecord last = batch.getLast();
    durations.record(() -> units.run("record", () -> {
      PartitionRow before = memory.row;
      memory.row = stores.partition().advance(before, last.seq() + 1, last.offset() + 1)
          .orElseThrow(() -> new PositionConflict(before.partition()));
      PartitionUnitOfWork unit = new PartitionUnitOfWork(stores, memory);
      ChainEventRecorder recorder = new ChainEventRecorder(stores, memory, unit);
      batch.forEach(recorder::take);
      unit.finish();
      return memory;
    }));
    batchSizes.record(batch.size());
  }

  /** Works on a partition from outside of its intake, which will notice and read the partition again. */
  <R> R take(int partition, BiFunction<PartitionUnitOfWork, ChainEventRecorder, R> work) {
    return units.run("take", () -> {
      stores.partition().take(partition);
      PartitionState memory = stores.remember(partition);
      PartitionUnitOfWork unit = new PartitionUnitOfWork(stores, memory);
      R result = work.apply(unit, new ChainEventRecorder(stores, memory, unit));
      unit.finish();
      return result;
    });
  }
}
