package io.neuronledger.query.status;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.query.intake.CommittedBatch;
import io.neuronledger.query.partition.change.Partition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.exception.DataAccessException;

/** The metrics of the intake, for Prometheus. */
public final class IntakeMetrics {
  private final Map<Integer, Long> sealedBlocks = new ConcurrentHashMap<>();
  private final DistributionSummary batchEvents;
  private final Counter rows;
  private final Counter retractions;
  private final Counter poisonous;

  public IntakeMetrics(MeterRegistry meters, int partitions, PartitionProgress progress, StatusQueries status) {
    batchEvents = DistributionSummary.builder("ledger.query.batch.events")
        .description("account events per transaction").register(meters);
    rows = Counter.builder("ledger.query.rows").description("rows written to projections").register(meters);
    retractions = Counter.builder("ledger.query.retractions")
        .description("retractions of blocks, counted per partition").register(meters);
    poisonous = Counter.builder("ledger.query.poisonous.records")
        .description("records that could not be processed").register(meters);
    Gauge.builder("ledger.query.quarantined.owners", () -> quarantined(status))
        .description("owners whose answers are frozen").register(meters);
    Gauge.builder("ledger.query.stopped.partitions", progress::halted)
        .description("halted partitions of this instance").register(meters);
    for (int partition = 0; partition < partitions; partition++) {
      registerPartition(meters, partition, progress);
    }
  }

  private void registerPartition(MeterRegistry meters, int partition, PartitionProgress progress) {
    String tag = String.valueOf(partition);
    Gauge.builder("ledger.query.lag.records", () -> progress.lag(partition))
        .description("records behind; NaN for partitions of other instances").tag("partition", tag).register(meters);
    Gauge.builder("ledger.query.sealed.block", () -> sealedBlocks.getOrDefault(partition, -1L))
        .description("the block that answers are as of, as last written by this instance").tag("partition", tag)
        .register(meters);
  }

  /** Records the counts of a committed transaction. */
  public void record(CommittedBatch batch) {
    batchEvents.record(batch.events());
    rows.increment(batch.rows());
    retractions.increment(batch.retractions());
    poisonous.increment(batch.poisonous());
    for (Partition partition : batch.partitions()) {
      partition.seal().ifPresent(seal -> sealedBlocks.put(partition.number(), seal.block()));
    }
  }

  private static double quarantined(StatusQueries status) {
    try {
      return status.quarantinedOwners();
    } catch (DataAccessException e) {
      return Double.NaN;
    }
  }
}
