package io.neuronledger.query.runway;

import static io.neuronledger.query.db.Tables.USAGE_HOUR;
import static io.neuronledger.query.db.Tables.USAGE_METER;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.contracts.view.runway.RunwayAnswer;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.balance.BalanceQueries;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import tools.jackson.databind.json.JsonMapper;

/** Reads the use of an owner's open sub-accounts and predicts how long they last. */
final class RunwayQueries {
  private static final String DIRECT = UsageSource.DIRECT.word();
  private static final Field<BigDecimal> FEES =
      sum(field("{0}::numeric", BigDecimal.class, USAGE_HOUR.FEES)).as("hour_fees");
  private static final Field<Instant> FIRST = field(select(min(USAGE_HOUR.HOUR)).from(USAGE_HOUR)
      .where(USAGE_HOUR.OWNER.eq(USAGE_METER.OWNER), USAGE_HOUR.PROVIDER.eq(USAGE_METER.PROVIDER),
          USAGE_HOUR.SERVICE.eq(USAGE_METER.SERVICE), USAGE_HOUR.SOURCE.eq(inline(DIRECT)))).as("first_hour");

  private final BalanceQueries balances;
  private final Neuron minimum;

  /** @param minimum below which providers refuse, in neuron */
  RunwayQueries(JsonMapper json, Neuron minimum) {
    this.balances = new BalanceQueries(json);
    this.minimum = minimum;
  }

  RunwayAnswer runway(WalletAddress owner, ReadPoint at, DSLContext db) {
    List<SubAccountView> open = balances.open(owner, at, db);
    if (open.isEmpty() && balances.find(owner, at, db).isEmpty()) {
      throw BalanceQueries.notFound(owner, at);
    }
    Instant now = at.asOf().blockTime();
    Map<SubAccountId, Map<Instant, NeuronSum>> hours = hours(owner, now, db);
    Map<SubAccountId, Instant> firsts = firsts(owner, db);
    return new RunwayAnswer(at.asOf(), at.quarantined(), owner, open.stream().map(account -> {
      SubAccountId id = new SubAccountId(owner, account.provider(), account.service());
      HourlyUse use = HourlyUse.of(hours.getOrDefault(id, Map.of()),
          Optional.ofNullable(firsts.get(id)).orElse(now), now);
      return new RunwayAnswer.SubAccount(account.provider(), account.service(),
          Runway.of(NeuronSum.of(account.free()).minus(account.unsettled()), minimum, use, now));
    }).toList());
  }

  private static Map<SubAccountId, Map<Instant, NeuronSum>> hours(WalletAddress owner, Instant now, DSLContext db) {
    Map<SubAccountId, Map<Instant, NeuronSum>> hours = new HashMap<>();
    db.select(USAGE_HOUR.PROVIDER, USAGE_HOUR.SERVICE, USAGE_HOUR.HOUR, FEES).from(USAGE_HOUR)
        .where(direct(owner), USAGE_HOUR.HOUR.ge(HourlyUse.since(now)),
            USAGE_HOUR.HOUR.lt(now.truncatedTo(ChronoUnit.HOURS)))
        .groupBy(USAGE_HOUR.PROVIDER, USAGE_HOUR.SERVICE, USAGE_HOUR.HOUR)
        .forEach(row -> hours.computeIfAbsent(id(owner, row), _ -> new HashMap<>())
            .put(row.get(USAGE_HOUR.HOUR), new NeuronSum(row.get(FEES).toBigIntegerExact())));
    return hours;
  }

  private static Map<SubAccountId, Instant> firsts(WalletAddress owner, DSLContext db) {
    Map<SubAccountId, Instant> firsts = new HashMap<>();
    db.select(USAGE_METER.PROVIDER, USAGE_METER.SERVICE, FIRST).from(USAGE_METER)
        .where(USAGE_METER.OWNER.eq(owner), USAGE_METER.REQUESTS.gt(0L))
        .forEach(row -> firsts.put(new SubAccountId(owner, row.get(USAGE_METER.PROVIDER),
            row.get(USAGE_METER.SERVICE)), row.get(FIRST)));
    return firsts;
  }

  private static SubAccountId id(WalletAddress owner, Record row) {
    return new SubAccountId(owner, row.get(USAGE_HOUR.PROVIDER), row.get(USAGE_HOUR.SERVICE));
  }

  private static Condition direct(WalletAddress owner) {
    return USAGE_HOUR.OWNER.eq(owner).and(USAGE_HOUR.SOURCE.eq(DIRECT));
  }
}
