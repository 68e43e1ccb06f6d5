package io.neuronledger.query.status;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.foundation.partitionlog.progress.PartitionProgress;
import io.neuronledger.query.intake.CommittedBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/** The metrics of the intake, for Prometheus. */
public final class IntakeMetrics {
  /** One scrape reads the gauges of all partitions: they are looked up together. */
  private static final Duration LOOKUP_INTERVAL = Duration.ofSeconds(1);

  private final StatusQueries status;
  private final Clock clock;
  private final DistributionSummary batchEvents;
  private final Counter rows;
  private final Counter retractions;
  private final Counter poisonous;
  private Optional<Map<Integer, Long>> sealedBlocks = Optional.empty();
  private Instant lookedUpAt = Instant.MIN;

  /**
   * @param progress of the account events
   * @param blocks of the topic of blocks
   */
  public IntakeMetrics(MeterRegistry meters, int partitions, PartitionProgress progress, PartitionProgress blocks,
      StatusQueries status, Clock clock) {
    this.status = status;
    this.clock = clock;
    batchEvents = DistributionSummary.builder("ledger.query.batch.events")
        .description("account events per transaction").register(meters);
    rows = Counter.builder("ledger.query.rows").description("rows written to projections").register(meters);
    retractions = Counter.builder("ledger.query.retractions")
        .description("retractions of blocks, counted per partition").register(meters);
    poisonous = Counter.builder("ledger.query.poisonous.records")
        .description("records that could not be processed").register(meters);
    Gauge.builder("ledger.query.quarantined.owners", () -> quarantined(status))
        .description("owners whose answers are frozen").register(meters);
    Gauge.builder("ledger.query.stopped.partitions", () -> progress.halted() + blocks.halted())
        .description("halted partitions of this instance, that of the blocks included").register(meters);
    Gauge.builder("ledger.query.blocks.lag.records", () -> blocks.lag(0))
        .description("records of the topic of blocks behind; NaN where another instance reads it").register(meters);
    for (int partition = 0; partition < partitions; partition++) {
      registerPartition(meters, partition, progress);
    }
  }

  private void registerPartition(MeterRegistry meters, int partition, PartitionProgress progress) {
    String tag = String.valueOf(partition);
    Gauge.builder("ledger.query.lag.records", () -> progress.lag(partition))
        .description("records behind; NaN for partitions of other instances").tag("partition", tag).register(meters);
    Gauge.builder("ledger.query.sealed.block", () -> sealedBlock(partition))
        .description("the block that answers are as of; -1 before the first").tag("partition", tag)
        .register(meters);
  }

  /** Records the counts of a committed transaction. */
  public void record(CommittedBatch batch) {
    batchEvents.record(batch.events());
    rows.increment(batch.rows());
    retractions.increment(batch.retractions());
    poisonous.increment(batch.poisonous());
  }

  private synchronized double sealedBlock(int partition) {
    Instant now = clock.instant();
    if (now.isAfter(lookedUpAt.plus(LOOKUP_INTERVAL))) {
      // Before the lookup: without the database each partition's would wait for it in turn.
      lookedUpAt = now;
      sealedBlocks = lookUp(status);
    }
    return sealedBlocks.map(blocks -> (double) blocks.getOrDefault(partition, -1L)).orElse(Double.NaN);
  }

  private static Optional<Map<Integer, Long>> lookUp(StatusQueries status) {
    try {
      return Optional.of(status.sealedBlocks());
    } catch (DataAccessException e) {
      return Optional.empty();
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
