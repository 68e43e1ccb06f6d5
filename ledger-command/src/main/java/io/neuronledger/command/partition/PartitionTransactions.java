package io.neuronledger.command.partition;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.neuronledger.command.store.PartitionRow;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import io.neuronledger.foundation.partitionlog.reader.PositionConflict;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Units of work on partitions: one transaction that moves the partition's position or claims the partition, loads
 * aggregates, applies records and appends events. If it fails, nothing is stored; load the partition again and retry.
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
        .description("duration of a unit of work, including its commit").register(meters);
  }

  public PartitionState load(int partition) {
    return stores.load(partition);
  }

  /**
   * Records the next records of a partition.
   *
   * @param batch in order; a retraction only as the first, because it reads stored events
   * @throws PositionConflict if the stored position is no longer that of the state
   * @throws PartitionHalted if a record must be neither recorded nor skipped
   */
  public void record(PartitionState state, List<Delivered<ChainRecord>> batch) {
    Delivered<ChainRecord> last = batch.getLast();
    durations.record(() -> units.run("record", () -> {
      PartitionRow before = state.row;
      state.row = stores.tables().partition().advance(before, last.seq() + 1, last.offset() + 1)
          .orElseThrow(() -> new PositionConflict(before.partition()));
      PartitionUnitOfWork unit = new PartitionUnitOfWork(stores, state);
      ChainEventRecorder recorder = new ChainEventRecorder(stores, state, unit);
      batch.forEach(recorder::apply);
      unit.finish();
      return state;
    }));
    batchSizes.record(batch.size());
  }

  /** Works on a partition outside of its intake. The epoch changes, so the intake loads the partition again. */
  <R> R claim(int partition, BiFunction<PartitionUnitOfWork, ChainEventRecorder, R> work) {
    return units.run("take", () -> {
      stores.tables().partition().claim(partition);
      PartitionState state = stores.load(partition);
      PartitionUnitOfWork unit = new PartitionUnitOfWork(stores, state);
      R result = work.apply(unit, new ChainEventRecorder(stores, state, unit));
      unit.finish();
      return result;
    });
  }
}
