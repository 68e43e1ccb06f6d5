package io.neuronledger.command.lane;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.neuronledger.command.store.LaneRow;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Units of work on lanes: one transaction that moves or takes the lane, loads, applies and appends. Whatever fails, nothing
 * of it is stored, and it is safe to read the lane again and repeat.
 */
public final class LaneWork {
  private final LaneStores stores;
  private final TransactionManager transactions;
  private final DistributionSummary batchSizes;
  private final Timer durations;

  public LaneWork(LaneStores stores, TransactionManager transactions, MeterRegistry meters) {
    this.stores = stores;
    this.transactions = transactions;
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
    durations.record(() -> inUnitOfWork("record", () -> {
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
    return inUnitOfWork("take", () -> {
      stores.lane().take(lane);
      LaneMemory memory = stores.remember(lane);
      LaneUnit unit = new LaneUnit(stores, memory);
      R result = work.apply(unit, new LaneRecorder(stores, memory, unit));
      unit.finish();
      return result;
    });
  }

  private <R> R inUnitOfWork(String name, Supplier<R> work) {
    UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>(name));
    try {
      unitOfWork.attachTransaction(transactions);
      R result = work.get();
      unitOfWork.commit();
      return result;
    } catch (RuntimeException | Error e) {
      if (unitOfWork.isActive()) {
        unitOfWork.rollback(e);
      }
      throw e;
    }
  }
}
