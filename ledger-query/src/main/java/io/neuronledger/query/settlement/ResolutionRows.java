package io.neuronledger.query.settlement;

import static io.neuronledger.query.db.Tables.DIFFERENCE_RESOLUTION;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.query.projection.UnnestRows;
import io.neuronledger.query.projection.UsageEventRecord;
import java.util.List;
import org.jooq.DSLContext;

/** The resolutions of differences by operators. */
final class ResolutionRows {
  private static final String ADD = """
      INSERT INTO difference_resolution ($columns) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT difference_resolution_pk DO NOTHING""";

  private ResolutionRows() {}

  static int add(List<UsageEventRecord> usageEvents, DSLContext db) {
    UnnestRows rows = UnnestRows.of(DIFFERENCE_RESOLUTION.OWNER, DIFFERENCE_RESOLUTION.SEQ,
        DIFFERENCE_RESOLUTION.PARTITION, DIFFERENCE_RESOLUTION.PROVIDER, DIFFERENCE_RESOLUTION.SERVICE,
        DIFFERENCE_RESOLUTION.KIND, DIFFERENCE_RESOLUTION.SETTLEMENT, DIFFERENCE_RESOLUTION.AMOUNT,
        DIFFERENCE_RESOLUTION.REASON, DIFFERENCE_RESOLUTION.RESOLVED_BY, DIFFERENCE_RESOLUTION.RESOLVED_AT);
    for (UsageEventRecord each : usageEvents) {
      if (each.event() instanceof UsageEvent.DifferenceResolved resolved) {
        DifferenceKey key = resolved.key();
        rows.add(resolved.owner(), each.seq(), each.partition(), key.subAccount().provider(),
            key.subAccount().service(), key.kind().word(), key.settlement().map(Object::toString).orElse(""),
            resolved.amount(), resolved.reason(), resolved.by(), resolved.at());
      }
    }
    return rows.write(db, ADD);
  }
}
