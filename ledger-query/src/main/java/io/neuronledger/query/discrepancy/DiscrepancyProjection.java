package io.neuronledger.query.discrepancy;

import static io.neuronledger.query.db.Tables.DISCREPANCY;
import static io.neuronledger.query.db.Tables.DISCREPANCY_RESOLUTION;

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
      UPDATE discrepancy SET retracted = TRUE FROM $rows AS retraction ($columns)
      WHERE discrepancy.partition = retraction.partition AND discrepancy.block >= retraction.from_block
        AND NOT discrepancy.retracted""";

  private final JsonMapper json;

  public DiscrepancyProjection(JsonMapper json) {
    this.json = json;
  }

  @Override
  public int project(Batch batch, DSLContext db) {
    UnnestRows retractions = batch.retractionRows();
    retractions.write(db, MARK_RETRACTED);
    CopyRows found = CopyRows.into(DISCREPANCY, DISCREPANCY.OWNER, DISCREPANCY.SEQ, DISCREPANCY.PARTITION,
        DISCREPANCY.KEY, DISCREPANCY.RULE, DISCREPANCY.PROVIDER, DISCREPANCY.SERVICE, DISCREPANCY.EXPECTED,
        DISCREPANCY.ACTUAL, DISCREPANCY.BLOCK, DISCREPANCY.BLOCK_TIME, DISCREPANCY.RETRACTED);
    CopyRows resolved = CopyRows.into(DISCREPANCY_RESOLUTION, DISCREPANCY_RESOLUTION.OWNER, DISCREPANCY_RESOLUTION.SEQ,
        DISCREPANCY_RESOLUTION.PARTITION, DISCREPANCY_RESOLUTION.KEY, DISCREPANCY_RESOLUTION.DECISION,
        DISCREPANCY_RESOLUTION.REASON, DISCREPANCY_RESOLUTION.RESOLVED_BY, DISCREPANCY_RESOLUTION.RESOLVED_AT);
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
      case LedgerEvent.DiscrepancyResolved resolution -> decided(line, resolution, "resolved", resolved);
      case LedgerEvent.DiscrepancyResolutionRevoked revocation -> decided(line, revocation, "revoked", resolved);
      case LedgerEvent.Booked _, LedgerEvent.Assigned _ -> { }
    }
  }

  private static void decided(LedgerEventRecord line, LedgerEvent.BreachDecision decision, String word,
      CopyRows rows) {
    rows.add(line.owner(), line.seq(), line.partition(), decision.key(), word, decision.reason(), decision.by(),
        decision.at());
  }
}
