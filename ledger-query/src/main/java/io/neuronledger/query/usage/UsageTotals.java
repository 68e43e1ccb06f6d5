package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.SETTLEMENT;
import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static io.neuronledger.query.db.Tables.USAGE_METER;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.trueCondition;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.db.tables.Settlement;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/**
 * The running totals of an owner's sub-accounts. Settlements are as of the answer's block. Usage includes all reports
 * so far; for a past block, only requests completed by that block's time.
 */
public final class UsageTotals {
  private static final String DIRECT = UsageSource.DIRECT.word();

  private final Map<SubAccountId, Totals> totals;

  /** used − settled − written off is the unsettled usage if positive, the unreported usage if negative. */
  public record Totals(NeuronSum used, NeuronSum settled, NeuronSum writtenOff) {
    static final Totals NONE = new Totals(NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO);

    public NeuronSum unsettled() {
      return used.minus(settled).minus(writtenOff).orZero();
    }

    public NeuronSum unreported() {
      return settled.plus(writtenOff).minus(used).orZero();
    }
  }

  private UsageTotals(Map<SubAccountId, Totals> totals) {
    this.totals = totals;
  }

  /** @param only the sub-account to read; empty for all */
  public static UsageTotals of(WalletAddress owner, Optional<SubAccountId> only, ReadPoint at, DSLContext db) {
    Condition which = only.map(id -> USAGE_METER.PROVIDER.eq(id.provider()).and(USAGE_METER.SERVICE.eq(id.service())))
        .orElse(noCondition());
    Settlement last = SETTLEMENT.as("last");
    Table<?> lasts = lateral(select(SETTLEMENT.REACH_SETTLED, SETTLEMENT.REACH_WRITTEN_OFF).from(SETTLEMENT)
        .where(SETTLEMENT.OWNER.eq(USAGE_METER.OWNER), SETTLEMENT.PROVIDER.eq(USAGE_METER.PROVIDER),
            SETTLEMENT.SERVICE.eq(USAGE_METER.SERVICE), SETTLEMENT.RETRACTED.isFalse(), SETTLEMENT.STATE.isNotNull(),
            at.sees(SETTLEMENT))
        .orderBy(SETTLEMENT.BLOCK.desc(), SETTLEMENT.TRANSACTION_INDEX.desc(), SETTLEMENT.STEP.desc())
        .limit(1)).as(last);
    Field<NeuronSum> used = (at.past() ? usedBy(at.asOf().blockTime()) : USAGE_METER.USED).as("used");
    Map<SubAccountId, Totals> totals = new HashMap<>();
    db.select(USAGE_METER.PROVIDER, USAGE_METER.SERVICE, used, last.REACH_SETTLED, last.REACH_WRITTEN_OFF)
        .from(USAGE_METER).leftJoin(lasts).on(trueCondition())
        .where(USAGE_METER.OWNER.eq(owner), which)
        .forEach(row -> totals.put(new SubAccountId(owner, row.value1(), row.value2()),
            new Totals(row.value3(), Optional.ofNullable(row.value4()).orElse(NeuronSum.ZERO),
                Optional.ofNullable(row.value5()).orElse(NeuronSum.ZERO))));
    return new UsageTotals(totals);
  }

  public Totals of(SubAccountId subAccount) {
    return totals.getOrDefault(subAccount, Totals.NONE);
  }

  /** Sums whole hours by {@code usage_hour}, and the last, partial hour by request. */
  private static Field<NeuronSum> usedBy(Instant time) {
    Instant hour = time.truncatedTo(ChronoUnit.HOURS);
    Field<BigDecimal> hours = field(select(sum(field("{0}::numeric", BigDecimal.class, USAGE_HOUR.FEES)))
        .from(USAGE_HOUR)
        .where(USAGE_HOUR.OWNER.eq(USAGE_METER.OWNER), USAGE_HOUR.PROVIDER.eq(USAGE_METER.PROVIDER),
            USAGE_HOUR.SERVICE.eq(USAGE_METER.SERVICE), USAGE_HOUR.SOURCE.eq(DIRECT), USAGE_HOUR.HOUR.lt(hour)));
    Field<BigDecimal> requests = field(select(sum(field("{0}::numeric", BigDecimal.class, USAGE_REQUEST.FEE)))
        .from(USAGE_REQUEST)
        .where(USAGE_REQUEST.OWNER.eq(USAGE_METER.OWNER), USAGE_REQUEST.PROVIDER.eq(USAGE_METER.PROVIDER),
            USAGE_REQUEST.SERVICE.eq(USAGE_METER.SERVICE), USAGE_REQUEST.SOURCE.eq(DIRECT),
            USAGE_REQUEST.COMPLETED_AT.ge(hour), USAGE_REQUEST.COMPLETED_AT.le(time)));
    return field("{0} + {1}", USAGE_METER.USED.getDataType(), coalesce(hours, inline(BigDecimal.ZERO)),
        coalesce(requests, inline(BigDecimal.ZERO)));
  }
}
