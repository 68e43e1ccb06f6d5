package io.neuronledger.query.settlement.period;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.Projection;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import tools.jackson.databind.json.JsonMapper;

/** Stores what people decide about periods. */
public final class PeriodProjection implements Projection {
  private final JsonMapper json;

  public PeriodProjection(JsonMapper json) {
    this.json = json;
  }

  @Override
  public int project(Batch batch, DSLContext db) {
    int rows = 0;
    for (Batch.PeriodDecision decision : batch.decisions()) {
      rows += db.execute("INSERT INTO period_decision (seq, event) VALUES ({0}, {1})", val(decision.seq()),
          val(JSONB.jsonb(json.writerFor(AccountEvent.class).writeValueAsString(decision.event()))));
    }
    return rows;
  }
}
