package io.neuronledger.query.usage;

import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.AccountUsageStats;
import io.neuronledger.contracts.view.usage.UsageStats;
import io.neuronledger.contracts.view.usage.UsageSums;
import io.neuronledger.contracts.view.usage.account.AccountDailyStats;
import io.neuronledger.query.asof.ReadPoint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/** Sums an owner's usage, from the sums per hour. */
public final class StatsQueries {
  private static final Field<BigDecimal> REQUESTS = total(USAGE_HOUR.REQUESTS);
  private static final Field<BigDecimal> INPUT = total(USAGE_HOUR.INPUT_TOKENS);
  private static final Field<BigDecimal> CACHED_INPUT = total(USAGE_HOUR.CACHED_INPUT_TOKENS);
  private static final Field<BigDecimal> CACHE_WRITE = total(USAGE_HOUR.CACHE_WRITE_TOKENS);
  private static final Field<BigDecimal> OUTPUT = total(USAGE_HOUR.OUTPUT_TOKENS);
  private static final Field<BigDecimal> IMAGES = total(USAGE_HOUR.IMAGES);
  private static final Field<BigDecimal> SECONDS = total(USAGE_HOUR.SECONDS);
  private static final Field<BigDecimal> CLIPS = total(USAGE_HOUR.CLIPS);
  private static final Field<BigDecimal> FEES = total(USAGE_HOUR.FEES);
  private static final Field<BigDecimal> UNVERIFIED = total(USAGE_HOUR.UNVERIFIED_FEES);
  private static final List<Field<BigDecimal>> SUMS =
      List.of(REQUESTS, INPUT, CACHED_INPUT, CACHE_WRITE, OUTPUT, IMAGES, SECONDS, CLIPS, FEES, UNVERIFIED);
  private static final Field<LocalDate> DAY =
      field("({0} AT TIME ZONE 'UTC')::date", SQLDataType.LOCALDATE, USAGE_HOUR.HOUR);

  private static Field<BigDecimal> total(Field<?> column) {
    Field<BigDecimal> amounts = field("{0}::numeric", BigDecimal.class, column);
    return coalesce(sum(amounts), inline(BigDecimal.ZERO)).as("sum_" + column.getName());
  }

  UsageStats stats(WalletAddress owner, UsageFilter filter, ReadPoint at, DSLContext db) {
    UsageQueries.requireKnown(owner, at, db);
    Condition wanted = filter.ofHours(owner);
    List<UsageStats.Day> days = db.select(and(DAY)).from(USAGE_HOUR).where(wanted).groupBy(DAY).orderBy(DAY)
        .fetch(row -> new UsageStats.Day(row.get(DAY), sums(row)));
    List<UsageStats.Model> models = db.select(and(USAGE_HOUR.PROVIDER, USAGE_HOUR.MODEL)).from(USAGE_HOUR)
        .where(wanted).groupBy(USAGE_HOUR.PROVIDER, USAGE_HOUR.MODEL).orderBy(USAGE_HOUR.PROVIDER, USAGE_HOUR.MODEL)
        .fetch(row -> new UsageStats.Model(row.get(USAGE_HOUR.PROVIDER), new ModelName(row.get(USAGE_HOUR.MODEL)),
            sums(row)));
    return new UsageStats(at.asOf(), at.quarantined(), owner, filter.period().startDate(), filter.period().endDate(),
        total(wanted, db), days, models, setApart(filter.ofRequests(owner), db));
  }

  public AccountUsageStats accountStats(AccountFilter filter, ReadPoint at, DSLContext db) {
    UsageSums total = total(filter.requests().ofHours(filter.address()), db);
    return new AccountUsageStats(at.asOf(), filter.address(), filter.requests().period().startDate(),
        filter.requests().period().endDate(), total.requests(), total.totalTokens(), total.inputTokens(),
        total.outputTokens(), total.cost(), total.unverifiedCost());
  }

  /** By day and model, from the sums per hour, which are kept for ever. */
  public AccountDailyStats accountDaily(AccountFilter filter, ReadPoint at, DSLContext db) {
    List<AccountDailyStats.Row> rows = db.select(and(DAY, USAGE_HOUR.MODEL)).from(USAGE_HOUR)
        .where(filter.requests().ofHours(filter.address())).groupBy(DAY, USAGE_HOUR.MODEL)
        .orderBy(DAY, USAGE_HOUR.MODEL).fetch(row -> daily(row.get(DAY), new ModelName(row.get(USAGE_HOUR.MODEL)),
            sums(row)));
    return new AccountDailyStats(at.asOf(), filter.address(), filter.requests().period().startDate(),
        filter.requests().period().endDate(), rows);
  }

  private static AccountDailyStats.Row daily(LocalDate day, ModelName model, UsageSums sums) {
    return new AccountDailyStats.Row(day, model, model, sums.requests(), sums.inputTokens(), sums.outputTokens(),
        sums.cachedInputTokens(), sums.cost(), sums.unverifiedCost());
  }

  /** The same sums, from the requests themselves: few are set apart, and they have an index. */
  private static UsageSums setApart(Condition wanted, DSLContext db) {
    return db.select(field("count(*)::numeric", BigDecimal.class).as(REQUESTS),
        total(USAGE_REQUEST.INPUT_TOKENS), total(USAGE_REQUEST.CACHED_INPUT_TOKENS),
        total(USAGE_REQUEST.CACHE_WRITE_TOKENS), total(USAGE_REQUEST.OUTPUT_TOKENS), total(USAGE_REQUEST.IMAGES),
        total(USAGE_REQUEST.SECONDS), total(USAGE_REQUEST.CLIPS), total(USAGE_REQUEST.FEE).as(FEES),
        total(USAGE_REQUEST.UNVERIFIED_FEE).as(UNVERIFIED))
        .from(USAGE_REQUEST).where(wanted, USAGE_REQUEST.SET_APART.isNotNull()).fetchSingle(StatsQueries::sums);
  }

  private static UsageSums total(Condition wanted, DSLContext db) {
    return db.select(SUMS).from(USAGE_HOUR).where(wanted).fetchSingle(StatsQueries::sums);
  }

  private static List<Field<?>> and(Field<?>... keys) {
    List<Field<?>> fields = new ArrayList<>(List.of(keys));
    fields.addAll(SUMS);
    return fields;
  }

  private static UsageSums sums(Record row) {
    BigInteger input = whole(row, INPUT);
    BigInteger output = whole(row, OUTPUT);
    return new UsageSums(whole(row, REQUESTS).longValueExact(), input, whole(row, CACHED_INPUT),
        whole(row, CACHE_WRITE), output, input.add(output), whole(row, IMAGES), whole(row, SECONDS), whole(row, CLIPS),
        new NeuronSum(whole(row, FEES)), new NeuronSum(whole(row, UNVERIFIED)));
  }

  private static BigInteger whole(Record row, Field<BigDecimal> field) {
    return row.get(field).toBigIntegerExact();
  }
}
