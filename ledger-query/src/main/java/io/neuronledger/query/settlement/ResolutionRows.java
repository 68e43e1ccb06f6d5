package io.neuronledger.query.settlement;

import static io.neuronledger.query.db.Tables.DIFFERENCE_RESOLUTION;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.query.projection.UnnestRows;
import io.neuronledger.query.projection.UsageEventRecord;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** What people decide about differences. */
final class ResolutionRows {
  private static final String ADD = """
      INSERT INTO difference_resolution ($columns) SELECT * FROM $rows
      ON CONFLICT ON CONSTRAINT difference_resolution_pk DO NOTHING""";

  private ResolutionRows() {}

  static int add(List<UsageEventRecord> usageEvents, DSLContext db) {
    UnnestRows rows = UnnestRows.of(DIFFERENCE_RESOLUTION.OWNER, DIFFERENCE_RESOLUTION.SEQ,
        DIFFERENCE_RESOLUTION.PARTITION, DIFFERENCE_RESOLUTION.PROVIDER, DIFFERENCE_RESOLUTION.SERVICE,
        DIFFERENCE_RESOLUTION.KIND, DIFFERENCE_RESOLUTION.SETTLEMENT, DIFFERENCE_RESOLUTION.DECISION,
        DIFFERENCE_RESOLUTION.AMOUNT, DIFFERENCE_RESOLUTION.REASON, DIFFERENCE_RESOLUTION.RESOLVED_BY,
        DIFFERENCE_RESOLUTION.RESOLVED_AT);
    for (UsageEventRecord each : usageEvents) {
      switch (each.event()) {
        case UsageEvent.DifferenceResolutionProposed proposed ->
            add(rows, each, proposed, "proposed", Optional.of(proposed.amount()));
        case UsageEvent.DifferenceResolved resolved ->
            add(rows, each, resolved, "resolved", Optional.of(resolved.amount()));
        case UsageEvent.DifferenceResolutionRevoked revoked -> add(rows, each, revoked, "revoked", Optional.empty());
        case UsageEvent.Metered _ -> { }
      }
    }
    return rows.write(db, ADD);
  }

  private static void add(UnnestRows rows, UsageEventRecord record, UsageEvent.DifferenceDecision decision,
      String word, Optional<NeuronSum> amount) {
    DifferenceKey key = decision.key();
    rows.add(decision.owner(), record.seq(), record.partition(), key.subAccount().provider(),
        key.subAccount().service(), key.kind().word(), key.settlement().map(Object::toString).orElse(""), word, amount,
        decision.reason(), decision.by(), decision.at());
  }
}
