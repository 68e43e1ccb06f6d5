package io.neuronledger.query.balance;

import static io.neuronledger.query.db.Tables.SERVICE_TERMS;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT_STATE;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.trueCondition;

import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.RefundView;
import io.neuronledger.contracts.view.SubAccountView;
import io.neuronledger.query.asof.PreparedQuery;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.db.tables.ServiceTerms;
import io.neuronledger.query.db.tables.SubAccountState;
import io.neuronledger.query.usage.UsageTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads an owner's open sub-accounts at a read point, with their refunds by the lock period in force there. */
final class SubAccountQueries {
  private static final TypeReference<List<StoredRefund>> REFUNDS = new TypeReference<>() {};
  private static final SubAccountState STATE = SUB_ACCOUNT_STATE.as("state");
  private static final ServiceTerms TERMS = SERVICE_TERMS.as("terms");

  private final JsonMapper json;
  private final Map<Form, PreparedQuery> queries = new ConcurrentHashMap<>();

  /** What a query's text depends on: whether it reads one sub-account only, and a block that the caller selects. */
  private record Form(boolean one, boolean past) {}

  SubAccountQueries(JsonMapper json) {
    this.json = json;
  }

  List<SubAccountView> all(WalletAddress owner, ReadPoint at, DSLContext db) {
    return open(owner, Optional.empty(), at, db);
  }

  Optional<SubAccountView> one(WalletAddress owner, WalletAddress provider, ServiceName service, ReadPoint at,
      DSLContext db) {
    return open(owner, Optional.of(new SubAccountId(owner, provider, service)), at, db).stream().findFirst();
  }

  /** Whether the newest answer would know it, and that of the past block does not: it was opened in between. */
  boolean isOpenedLater(WalletAddress owner, WalletAddress provider, ServiceName service, ReadPoint at, DSLContext db) {
    if (!at.past()) {
      return false;
    }
    Condition opened = SUB_ACCOUNT_STATE.OWNER.eq(owner).and(SUB_ACCOUNT_STATE.PROVIDER.eq(provider))
        .and(SUB_ACCOUNT_STATE.SERVICE.eq(service)).and(SUB_ACCOUNT_STATE.OPEN);
    return db.fetchExists(SUB_ACCOUNT_STATE, opened.and(at.seesToday(SUB_ACCOUNT_STATE)))
        && !db.fetchExists(SUB_ACCOUNT_STATE, opened.and(at.sees(SUB_ACCOUNT_STATE)));
  }

  private List<SubAccountView> open(WalletAddress owner, Optional<SubAccountId> only, ReadPoint at, DSLContext db) {
    Map<String, Object> values = new HashMap<>(at.parameters());
    values.putAll(UsageTotals.parameters(at));
    values.put("partition", at.partition());
    values.put("owner", owner);
    only.ifPresent(id -> {
      values.put("provider", id.provider());
      values.put("service", id.service());
    });
    return queries.computeIfAbsent(new Form(only.isPresent(), at.past()), form -> query(form, at)).fetch(db, values)
        .map(row -> view(row, at.asOf().blockTime()));
  }

  private static PreparedQuery query(Form form, ReadPoint at) {
    Condition which = form.one() ? SUB_ACCOUNT.PROVIDER.eq(param("provider", SUB_ACCOUNT.PROVIDER))
        .and(SUB_ACCOUNT.SERVICE.eq(param("service", SUB_ACCOUNT.SERVICE))) : noCondition();
    // Named at once: for a table without a name jOOQ makes one from its whole text, which takes longer than the answer.
    Table<?> states = lateral(select()
        .from(SUB_ACCOUNT_STATE)
        .where(SUB_ACCOUNT_STATE.OWNER.eq(SUB_ACCOUNT.OWNER), SUB_ACCOUNT_STATE.PROVIDER.eq(SUB_ACCOUNT.PROVIDER),
            SUB_ACCOUNT_STATE.SERVICE.eq(SUB_ACCOUNT.SERVICE), at.sees(SUB_ACCOUNT_STATE))
        .orderBy(ReadPoint.newestFirst(SUB_ACCOUNT_STATE))
        .limit(inline(1)).asTable(STATE));
    Table<?> lockPeriods = lateral(select(SERVICE_TERMS.LOCK_SECONDS)
        .from(SERVICE_TERMS)
        .where(SERVICE_TERMS.PARTITION.eq(param("partition", SERVICE_TERMS.PARTITION)),
            SERVICE_TERMS.SERVICE.eq(SUB_ACCOUNT.SERVICE), SERVICE_TERMS.BLOCK.le(param("block", at.block())))
        .orderBy(SERVICE_TERMS.BLOCK.desc())
        .limit(inline(1)).asTable(TERMS));
    UsageTotals usage = new UsageTotals(at);
    return new PreparedQuery(select(SUB_ACCOUNT.PROVIDER, SUB_ACCOUNT.SERVICE, STATE.BALANCE, STATE.PENDING_REFUND,
            STATE.ACKNOWLEDGED, STATE.REFUNDS, TERMS.LOCK_SECONDS)
        .select(usage.fields())
        .from(usage.join(SUB_ACCOUNT.crossJoin(states).leftJoin(lockPeriods).on(trueCondition())))
        .where(SUB_ACCOUNT.OWNER.eq(param("owner", SUB_ACCOUNT.OWNER)), which, STATE.OPEN.isTrue())
        .orderBy(SUB_ACCOUNT.SERVICE, SUB_ACCOUNT.PROVIDER));
  }

  private SubAccountView view(Record row, Instant blockTime) {
    UsageTotals.Totals usage = UsageTotals.read(row);
    Duration lock = Optional.ofNullable(row.get(TERMS.LOCK_SECONDS)).map(Duration::ofSeconds)
        .orElse(RefundRules.LOCK_PERIOD_DEFAULT);
    Neuron balance = row.get(STATE.BALANCE);
    Neuron pending = row.get(STATE.PENDING_REFUND);
    List<RefundView> refunds = json.readValue(row.get(STATE.REFUNDS).data(), REFUNDS).stream()
        .map(refund -> refund.view(lock, blockTime)).toList();
    Neuron free = balance.minusOrZero(pending);
    NeuronSum left = NeuronSum.of(free).minus(usage.unsettled());
    return new SubAccountView(row.get(SUB_ACCOUNT.PROVIDER), row.get(SUB_ACCOUNT.SERVICE), balance, pending, free,
        usage.used(), usage.settled(), usage.writtenOff(), usage.unsettled(), usage.unreported(), left.orZero(),
        left.negate().orZero(), row.get(STATE.ACKNOWLEDGED), refunds);
  }
}
