package io.neuronledger.query.settlement;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.query.projection.UnnestRows;
import io.neuronledger.query.projection.UsageEventRecord;
import java.util.List;
import org.jooq.DSLContext;

/** The resolutions of differences by operators. */
final class ResolutionRows {
  private static final String ADD = """
      INSERT INTO difference_resolution (owner, seq, provider, service, kind, settlement, amount, reason, resolved_by,
        resolved_at) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT difference_resolution_pk DO NOTHING""";

  private ResolutionRows() {}

  static int add(List<UsageEventRecord> usageEvents, DSLContext db) {
    UnnestRows rows =
        UnnestRows.of("bytea", "int8", "bytea", "text", "text", "text", "numeric", "text", "text", "timestamptz");
    for (UsageEventRecord each : usageEvents) {
      if (each.event() instanceof UsageEvent.DifferenceResolved decision) {
        DifferenceKey key = decision.key();
        rows.add(decision.owner(), each.seq(), key.subAccount().provider(), key.subAccount().service(),
            key.kind().word(), key.settlement().map(Object::toString).orElse(""), decision.amount().toString(),
            decision.reason(), decision.by(), decision.at());
      }
    }
    return rows.write(db, ADD);
  }
}
