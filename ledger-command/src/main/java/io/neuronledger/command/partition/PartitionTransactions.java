package io.neuronledger.command.partition;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.neuronledger.command.store.PartitionRow;
import io.neuronledger.command.store.PartitionTable;
import io.neuronledger.command.store.UnitsOfWork;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.foundation.partitionlog.reader.Delivered;
import io.neuronledger.foundation.partitionlog.reader.PartitionHalted;
import io.neuronledger.foundation.partitionlog.reader.PositionConflict;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Units of work on partitions: one transaction that moves the positions of the partitions or claims one, loads
 * aggregates, applies records and appends events. If it fails, nothing is stored; load the partitions again and retry.
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
   * Records the next records of one or more partitions.
   *
   * @param parts of different partitions; a retraction only as the first record, because it reads stored events
   * @throws PositionConflict if a stored position is no longer that of the state
   * @throws PartitionHalted if a record must be neither recorded nor skipped
   */
  public void record(List<PartitionRecords> parts) {
    durations.record(() -> units.run("record", () -> {
      PartitionTable positions = stores.tables().partition();
      // First of all, so that two units of work which wait for each other's partitions cannot deadlock.
      positions.lock(rows(parts));
      stores.prefetch(parts.stream().flatMap(PartitionRecords::owners));
      parts.forEach(this::apply);
      positions.store(rows(parts));
      return parts;
    }));
    batchSizes.record(parts.stream().mapToInt(part -> part.records().size()).sum());
  }

  private void apply(PartitionRecords part) {
    PartitionState state = part.state();
    Delivered<ChainRecord> last = part.records().getLast();
    state.row = state.row.moved(last.seq() + 1, last.offset() + 1);
    PartitionUnitOfWork unit = new PartitionUnitOfWork(stores, state);
    ChainEventRecorder recorder = new ChainEventRecorder(stores, state, unit);
    part.records().forEach(recorder::apply);
    unit.finish();
  }

  private static List<PartitionRow> rows(List<PartitionRecords> parts) {
    return parts.stream().map(part -> part.state().row).toList();
  }

  /** Works on a partition outside of its intake. The epoch changes, so the intake loads the partition again. */
  <R> R claim(int partition, BiFunction<PartitionUnitOfWork, ChainEventRecorder, R> work) {
    return units.run("take", () -> {
      stores.tables().partition().claim(partition);
      PartitionState state = stores.load(partition);
      PartitionUnitOfWork unit = new PartitionUnitOfWork(stores, state);
      R result = work.apply(unit, new ChainEventRecorder(stores, state, unit));
      unit.finish();
      stores.tables().partition().store(List.of(state.row));
      return result;
    });
  }
}
