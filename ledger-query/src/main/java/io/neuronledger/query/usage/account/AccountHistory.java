package io.neuronledger.query.usage.account;

import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static io.neuronledger.query.db.Tables.USAGE_REQUEST;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.AccountUsageHistory;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.usage.AccountFilter;
import io.neuronledger.query.usage.UsageRows;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/**
 * Reads an account's requests that count, newest first, by offset, as the Router's API does. The sums per hour locate
 * the hour of an offset, so at most one hour's requests are skipped one by one, however large the offset is.
 */
public final class AccountHistory {
  private static final Field<BigDecimal> COUNT = sum(USAGE_HOUR.REQUESTS);
  private static final Field<Instant> HOUR = field("hour", Instant.class);
  private static final Field<BigDecimal> BEFORE = field("before", BigDecimal.class);
  private static final Field<BigDecimal> THROUGH = field("through", BigDecimal.class);

  public AccountUsageHistory page(AccountFilter filter, int limit, long offset, ReadPoint at, DSLContext db) {
    WalletAddress owner = filter.address();
    Condition hours = filter.requests().ofHours(owner);
    long total = db.select(coalesce(COUNT, inline(BigDecimal.ZERO))).from(USAGE_HOUR).where(hours)
        .fetchSingle(found -> found.value1().longValueExact());
    List<AccountUsageHistory.Item> items = offset >= total
        ? List.of()
        : start(hours, offset, db).map(start -> items(filter, start, limit, db)).orElse(List.of());
    return new AccountUsageHistory(at.asOf(), owner, total, limit, offset, items);
  }

  /**
   * @param before the end of the hour in which the page starts; exclusive
   * @param skip the number of requests of that hour before the page
   */
  private record Start(Instant before, long skip) {}

  private static Optional<Start> start(Condition hours, long offset, DSLContext db) {
    Field<BigDecimal> through = sum(COUNT).over().orderBy(USAGE_HOUR.HOUR.desc());
    Table<?> counted = select(USAGE_HOUR.HOUR.as(HOUR), through.minus(COUNT).as(BEFORE), through.as(THROUGH))
        .from(USAGE_HOUR).where(hours).groupBy(USAGE_HOUR.HOUR).asTable("counted");
    BigDecimal wanted = BigDecimal.valueOf(offset);
    return db.select(HOUR, BEFORE).from(counted).where(BEFORE.le(wanted), THROUGH.gt(wanted))
        .fetchOptional(found -> new Start(found.value1().plus(1, ChronoUnit.HOURS),
            offset - found.value2().longValueExact()));
  }

  /** Reads the keys of the page first, and then their rows. */
  private static List<AccountUsageHistory.Item> items(AccountFilter filter, Start start, int limit, DSLContext db) {
    var keys = select(USAGE_REQUEST.OWNER, USAGE_REQUEST.COMPLETED_AT, USAGE_REQUEST.PROVIDER,
        USAGE_REQUEST.REQUEST_ID)
        .from(USAGE_REQUEST)
        .where(filter.requests().ofRequests(filter.address()), USAGE_REQUEST.REVERSED_SEQ.isNull(),
            USAGE_REQUEST.SET_APART.isNull(),
            USAGE_REQUEST.COMPLETED_AT.lt(start.before()))
        .orderBy(USAGE_REQUEST.COMPLETED_AT.desc(), USAGE_REQUEST.PROVIDER.desc(), USAGE_REQUEST.REQUEST_ID.desc())
        .limit(limit).offset(start.skip()).asTable("page");
    return db.select(USAGE_REQUEST.fields()).from(USAGE_REQUEST).join(keys).on(
            row(USAGE_REQUEST.OWNER, USAGE_REQUEST.COMPLETED_AT, USAGE_REQUEST.PROVIDER, USAGE_REQUEST.REQUEST_ID)
                .eq(row(keys.field(USAGE_REQUEST.OWNER), keys.field(USAGE_REQUEST.COMPLETED_AT),
                    keys.field(USAGE_REQUEST.PROVIDER), keys.field(USAGE_REQUEST.REQUEST_ID))))
        .orderBy(USAGE_REQUEST.COMPLETED_AT.desc(), USAGE_REQUEST.PROVIDER.desc(), USAGE_REQUEST.REQUEST_ID.desc())
        .fetch(AccountHistory::item);
  }

  private static AccountUsageHistory.Item item(Record found) {
    UsageEntry entry = UsageRows.entry(found);
    long prompt = found.get(USAGE_REQUEST.INPUT_TOKENS);
    long completion = found.get(USAGE_REQUEST.OUTPUT_TOKENS);
    return new AccountUsageHistory.Item(entry.requestId(), entry.when(), entry.model(), entry.provider(),
        entry.service(), entry.source(), entry.apiKeyId(), prompt,
        found.get(USAGE_REQUEST.CACHED_INPUT_TOKENS), completion, prompt + completion, entry.fee(), entry.pricing());
  }
}
