package io.neuronledger.query.settlement;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.query.asof.SealedRecords;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.UsageEventRecord;
import io.neuronledger.query.settlement.matching.DirtyRange;
import io.neuronledger.query.settlement.matching.NewSettlements;
import io.neuronledger.query.settlement.matching.Rematching;
import io.neuronledger.query.settlement.matching.RequestKey;
import java.util.List;
import org.jooq.DSLContext;

/**
 * Projects settlements and the requests they cover. A settlement is matched once its block is sealed; a late request, a
 * reversed one or a retraction matches the later settlements again. Runs after the usage projection, whose rows it
 * reads.
 */
public final class SettlementProjection implements Projection {
  @Override
  public int project(Batch batch, DSLContext db) {
    SettlementRows settlements = new SettlementRows(db);
    DirtyRange touched = new DirtyRange();
    settlements.retract(batch.retractionRows(), touched);
    NewSettlements added = new NewSettlements(batch.lines(), new SealedRecords(batch.partitions(), db), touched);
    settlements.sealed(batch.partitions(), touched);
    batch.usageEvents().forEach(usageEvent -> touch(touched, usageEvent));
    return ResolutionRows.add(batch.usageEvents(), db) + new Rematching(db).match(touched, added);
  }

  private static void touch(DirtyRange touched, UsageEventRecord usageEvent) {
    switch (usageEvent.event()) {
      case UsageEvent.UsageRecorded usage -> touch(touched, usageEvent.partition(), usage, usage.lines());
      case UsageEvent.UsageReversed reversed ->
          touch(touched, usageEvent.partition(), reversed, List.of(reversed.line()));
      case UsageEvent.DifferenceDecision _ -> { }
    }
  }

  private static void touch(DirtyRange touched, int partition, UsageEvent.Metered usage, List<UsageLine> lines) {
    lines.stream().filter(line -> line.source() == UsageSource.DIRECT).forEach(line ->
        touched.request(usage.subAccount(), partition, new RequestKey(line.when(), line.requestId())));
  }
}
