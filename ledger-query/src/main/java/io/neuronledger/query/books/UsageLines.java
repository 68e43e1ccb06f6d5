package io.neuronledger.query.books;

import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.settlement.period.RecordsThen;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.SQLDataType;

/**
 * Reads usage by provider, service, model and source: of now from the sums by the hour, of then from the requests.
 *
 * @param whose of the sums
 * @param column the same of the requests
 */
record UsageLines(TableField<?, WalletAddress> whose, String column) {
  static final UsageLines OF_OWNER = new UsageLines(USAGE_HOUR.OWNER, "request.owner");
  static final UsageLines OF_PROVIDER = new UsageLines(USAGE_HOUR.PROVIDER, "request.provider");

  private static final Field<BigDecimal> REQUESTS = sum(USAGE_HOUR.REQUESTS).as("sum_requests");
  private static final Field<BigDecimal> FEES = sum(USAGE_HOUR.FEES.cast(BigDecimal.class)).as("sum_fees");
  private static final Field<BigDecimal> UNVERIFIED =
      sum(USAGE_HOUR.UNVERIFIED_FEES.cast(BigDecimal.class)).as("sum_unverified_fees");
  private static final Period ALWAYS = new Period(Optional.empty(), Optional.empty());

  /**
   * Who reports usage chooses the models, so their number has a limit.
   *
   * @param then empty: what is known now
   * @throws Refusal if there are more than {@code linesMax} lines
   */
  List<StatementAnswer.Usage> read(WalletAddress who, Period period, Optional<RecordsThen> then, int linesMax,
      DSLContext db) {
    List<StatementAnswer.Usage> usage = then.map(point -> then(who, period, point, linesMax + 1, db))
        .orElseGet(() -> now(who, period, linesMax + 1, db));
    if (usage.size() > linesMax) {
      throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "start_date", "the period has more than " + linesMax
          + " lines of usage: ask for fewer days, or for the usage itself");
    }
    return usage;
  }

  /** Whether there is any. */
  boolean has(WalletAddress who, Optional<RecordsThen> then, DSLContext db) {
    return then.map(point -> !then(who, ALWAYS, point, 1, db).isEmpty())
        .orElseGet(() -> db.fetchExists(USAGE_HOUR, whose.eq(who)));
  }

  private List<StatementAnswer.Usage> now(WalletAddress who, Period period, int limit, DSLContext db) {
    return db.select(USAGE_HOUR.PROVIDER, USAGE_HOUR.SERVICE, USAGE_HOUR.MODEL, USAGE_HOUR.SOURCE, REQUESTS, FEES,
            UNVERIFIED)
        .from(USAGE_HOUR)
        .where(whose.eq(who), period.from().map(USAGE_HOUR.HOUR::ge).orElse(noCondition()),
            period.until().map(USAGE_HOUR.HOUR::lt).orElse(noCondition()))
        .groupBy(USAGE_HOUR.PROVIDER, USAGE_HOUR.SERVICE, USAGE_HOUR.MODEL, USAGE_HOUR.SOURCE)
        .orderBy(USAGE_HOUR.PROVIDER, USAGE_HOUR.SERVICE, USAGE_HOUR.MODEL, USAGE_HOUR.SOURCE).limit(limit)
        .fetch(row -> new StatementAnswer.Usage(row.get(USAGE_HOUR.PROVIDER), row.get(USAGE_HOUR.SERVICE),
            new ModelName(row.get(USAGE_HOUR.MODEL)), UsageSource.of(row.get(USAGE_HOUR.SOURCE)),
            row.get(REQUESTS).longValueExact(), new NeuronSum(row.get(FEES).toBigIntegerExact()),
            new NeuronSum(row.get(UNVERIFIED).toBigIntegerExact())));
  }

  private List<StatementAnswer.Usage> then(WalletAddress who, Period period, RecordsThen then, int limit,
      DSLContext db) {
    // {0} whose, {1} the start of the period, {2} its exclusive end, {3} the most lines.
    String sql = """
        SELECT request.provider, request.service, request.model, request.source, count(*) AS requests,
          sum(request.fee::numeric) AS fees, sum(request.unverified_fee::numeric) AS unverified_fees
        FROM %s
          AND %s = {0}
          AND ({1}::timestamptz IS NULL OR request.completed_at >= {1}::timestamptz)
          AND ({2}::timestamptz IS NULL OR request.completed_at < {2}::timestamptz)
        GROUP BY request.provider, request.service, request.model, request.source
        ORDER BY request.provider, request.service, request.model, request.source LIMIT {3}"""
        .formatted(RecordsThen.REQUESTS, column);
    return db.resultQuery(sql, val(who.bytes()), instant(period.from()),
        instant(period.until()), val(limit), then.positionsOf(), then.marksOf()).fetch(UsageLines::line);
  }

  private static Field<?> instant(Optional<Instant> time) {
    return val(time.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null), SQLDataType.TIMESTAMPWITHTIMEZONE);
  }

  private static StatementAnswer.Usage line(Record row) {
    return new StatementAnswer.Usage(WalletAddress.of(row.get("provider", byte[].class)),
        new ServiceName(row.get("service", String.class)), new ModelName(row.get("model", String.class)),
        UsageSource.of(row.get("source", String.class)), row.get("requests", Long.class),
        new NeuronSum(row.get("fees", BigDecimal.class).toBigIntegerExact()),
        new NeuronSum(row.get("unverified_fees", BigDecimal.class).toBigIntegerExact()));
  }
}
