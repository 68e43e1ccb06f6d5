package io.neuronledger.query.discrepancy;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.CopyRows;
import io.neuronledger.query.projection.LedgerEventRecord;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.UnnestRows;
import org.jooq.DSLContext;
import tools.jackson.databind.json.JsonMapper;

/** Projects broken rules, marked as retracted with their block, and resolutions, which survive forks. */
public final class DiscrepancyProjection implements Projection {
  private static final String MARK_RETRACTED = """
      UPDATE discrepancy SET retracted = TRUE FROM $rows AS retraction (partition, from_block)
      WHERE discrepancy.partition = retraction.partition AND discrepancy.block >= retraction.from_block
        AND NOT discrepancy.retracted""";

  private final JsonMapper json;

  public DiscrepancyProjection(JsonMapper json) {
    this.json = json;
  }

  @Override
  public int project(Batch batch, DSLContext db) {
    UnnestRows retractions = UnnestRows.of("int4", "int8");
    batch.retractions().forEach(retraction -> retractions.add(retraction.partition(), retraction.fromBlock()));
    retractions.write(db, MARK_RETRACTED);
    CopyRows found = CopyRows.into("discrepancy", "owner", "seq", "partition", "key", "rule", "provider", "service",
        "expected", "actual", "block", "block_time", "retracted");
    CopyRows resolved = CopyRows.into("discrepancy_resolution", "owner", "seq", "partition", "key", "reason",
        "resolved_by", "resolved_at");
    batch.lines().forEach(line -> add(line, found, resolved));
    return found.write(db) + resolved.write(db);
  }

  private void add(LedgerEventRecord line, CopyRows found, CopyRows resolved) {
    switch (line.event()) {
      case LedgerEvent.DiscrepancyFound breach -> {
        Cause cause = breach.cause();
        found.add(line.owner(), line.seq(), line.partition(), breach.key(),
            json.convertValue(breach.rule(), String.class),
            breach.subAccount().map(SubAccountId::provider), breach.subAccount().map(SubAccountId::service),
            breach.expected(), breach.actual(), cause.position().block(), cause.blockTime(), line.dropped());
      }
      case LedgerEvent.DiscrepancyResolved resolution -> resolved.add(line.owner(), line.seq(), line.partition(),
          resolution.key(), resolution.reason(), resolution.by(), resolution.at());
      case LedgerEvent.Booked _, LedgerEvent.Assigned _ -> { }
    }
  }
}
