package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.SETTLEMENT;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT;
import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static io.neuronledger.query.db.Tables.USAGE_METER;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.db.tables.Settlement;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * The running totals of sub-accounts, joined to a statement that reads sub-accounts. Settlements are as of the answer's
 * block. Usage includes all reports so far; for a past block, only requests completed by that block's time.
 */
public final class UsageTotals {
  private static final String DIRECT = UsageSource.DIRECT.word();

  private static final Settlement LAST = SETTLEMENT.as("last");
  private static final Field<NeuronSum> USED = field(name("used"), USAGE_METER.USED.getDataType());

  private static final String CLAIMED = "(" + SpendableParts.claimed(USAGE_METER.getName(), "{0}") + ")";

  private final Table<?> lasts;
  private final Field<NeuronSum> used;

  /** used − settled − written off is the unsettled usage if positive, the unreported usage if negative. */
  public record Totals(NeuronSum used, NeuronSum settled, NeuronSum writtenOff) {
    public NeuronSum unsettled() {
      return used.minus(settled).minus(writtenOff).orZero();
    }

    public NeuronSum unreported() {
      return settled.plus(writtenOff).minus(used).orZero();
    }
  }

  public UsageTotals(ReadPoint at) {
    lasts = lateral(table(CLAIMED, param("block", at.block())).as(LAST));
    used = (at.past() ? usedBy(param("hour", hour(at)), param("time", at.asOf().blockTime())) : USAGE_METER.USED)
        .as(USED);
  }

  /** The totals beside each row of {@code subAccounts}, which contains {@code sub_account}. */
  public Table<?> join(Table<?> subAccounts) {
    return subAccounts.leftJoin(USAGE_METER)
        .on(USAGE_METER.OWNER.eq(SUB_ACCOUNT.OWNER), USAGE_METER.PROVIDER.eq(SUB_ACCOUNT.PROVIDER),
            USAGE_METER.SERVICE.eq(SUB_ACCOUNT.SERVICE))
        .leftJoin(lasts).on(trueCondition());
  }

  /** The values of the parameters that the statement has besides those of {@code at}, by name. */
  public static Map<String, Object> parameters(ReadPoint at) {
    return Map.of("hour", hour(at), "time", at.asOf().blockTime());
  }

  private static Instant hour(ReadPoint at) {
    return at.asOf().blockTime().truncatedTo(ChronoUnit.HOURS);
  }

  /** The fields that {@link #read} needs. */
  public List<Field<?>> fields() {
    return List.of(used, LAST.REACH_SETTLED, LAST.REACH_WRITTEN_OFF);
  }

  /** The totals in a row; zero for a sub-account without usage and settlements. */
  public static Totals read(Record row) {
    return new Totals(orZero(row.get(USED)), orZero(row.get(LAST.REACH_SETTLED)),
        orZero(row.get(LAST.REACH_WRITTEN_OFF)));
  }

  private static NeuronSum orZero(@Nullable NeuronSum sum) {
    return sum == null ? NeuronSum.ZERO : sum;
  }

  /** Sums whole hours by {@code usage_hour}, and the last, partial hour by request. */
  private static Field<NeuronSum> usedBy(Field<Instant> hour, Field<Instant> time) {
    Field<BigDecimal> hours = field(select(sum(field("{0}::numeric", BigDecimal.class, USAGE_HOUR.FEES)))
        .from(USAGE_HOUR)
        .where(USAGE_HOUR.OWNER.eq(USAGE_METER.OWNER), USAGE_HOUR.PROVIDER.eq(USAGE_METER.PROVIDER),
            USAGE_HOUR.SERVICE.eq(USAGE_METER.SERVICE), USAGE_HOUR.SOURCE.eq(inline(DIRECT)),
            USAGE_HOUR.HOUR.lt(hour)));
    Field<BigDecimal> requests = field(select(sum(field("{0}::numeric", BigDecimal.class, USAGE_REQUEST.FEE)))
        .from(USAGE_REQUEST)
        .where(USAGE_REQUEST.OWNER.eq(USAGE_METER.OWNER), USAGE_REQUEST.PROVIDER.eq(USAGE_METER.PROVIDER),
            USAGE_REQUEST.SERVICE.eq(USAGE_METER.SERVICE), USAGE_REQUEST.SOURCE.eq(inline(DIRECT)),
            USAGE_REQUEST.REVERSED_SEQ.isNull(), USAGE_REQUEST.SET_APART.isNull(), USAGE_REQUEST.COMPLETED_AT.ge(hour),
            USAGE_REQUEST.COMPLETED_AT.le(time)));
    return field("{0} + {1}", USAGE_METER.USED.getDataType(), coalesce(hours, inline(BigDecimal.ZERO)),
        coalesce(requests, inline(BigDecimal.ZERO)));
  }
}
