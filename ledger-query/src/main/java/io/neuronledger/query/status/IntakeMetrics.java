package io.neuronledger.query.status;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.neuronledger.query.intake.LaneProgress;
import io.neuronledger.query.intake.Taken;
import io.neuronledger.query.lane.Lane;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.exception.DataAccessException;

/** What the intake does, for Prometheus. */
public final class IntakeMetrics {
  private final Map<Integer, Long> sealedBlocks = new ConcurrentHashMap<>();
  private final DistributionSummary batchEvents;
  private final Counter rows;
  private final Counter retractions;
  private final Counter poisonous;

  public IntakeMetrics(MeterRegistry meters, int lanes, LaneProgress progress, StatusQueries status) {
    batchEvents = DistributionSummary.builder("ledger.query.batch.events")
        .description("account events per transaction").register(meters);
    rows = Counter.builder("ledger.query.rows").description("rows written to projections").register(meters);
    retractions = Counter.builder("ledger.query.retractions")
        .description("retractions of blocks, counted per lane").register(meters);
    poisonous = Counter.builder("ledger.query.poisonous.records")
        .description("records that were not understood").register(meters);
    Gauge.builder("ledger.query.quarantined.owners", () -> quarantined(status))
        .description("owners whose answers stand still").register(meters);
    Gauge.builder("ledger.query.stopped.lanes", () -> progress.lanes().values().stream()
            .filter(lane -> lane.stopped().isPresent()).count())
        .description("lanes of this instance that take nothing more").register(meters);
    for (int lane = 0; lane < lanes; lane++) {
      registerLane(meters, lane, progress);
    }
  }

  private void registerLane(MeterRegistry meters, int lane, LaneProgress progress) {
    String tag = String.valueOf(lane);
    Gauge.builder("ledger.query.lag.records", () -> {
      LaneProgress.At at = progress.lanes().get(lane);
      return at == null ? Double.NaN : at.lag();
    }).description("records behind; none on lanes of other instances").tag("lane", tag).register(meters);
    Gauge.builder("ledger.query.sealed.block", () -> sealedBlocks.getOrDefault(lane, -1L))
        .description("the block that answers stand at, as this instance last wrote it").tag("lane", tag)
        .register(meters);
  }

  /** To be told after each transaction. */
  public void taken(Taken taken) {
    batchEvents.record(taken.events());
    rows.increment(taken.rows());
    retractions.increment(taken.retractions());
    poisonous.increment(taken.poisonous());
    for (Lane lane : taken.lanes()) {
      lane.seal().ifPresent(seal -> sealedBlocks.put(lane.number(), seal.block()));
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
