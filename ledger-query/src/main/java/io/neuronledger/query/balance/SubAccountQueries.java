package io.neuronledger.query.balance;

import static io.neuronledger.query.db.Tables.SERVICE_TERMS;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT;
import static io.neuronledger.query.db.Tables.SUB_ACCOUNT_STATE;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.noCondition;
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
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.db.tables.ServiceTerms;
import io.neuronledger.query.db.tables.SubAccountState;
import io.neuronledger.query.usage.UsageTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads an owner's open sub-accounts at a read point, with their refunds by the lock period in force there. */
final class SubAccountQueries {
  private static final TypeReference<List<StoredRefund>> REFUNDS = new TypeReference<>() {};

  private final JsonMapper json;

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

  private List<SubAccountView> open(WalletAddress owner, Optional<SubAccountId> only, ReadPoint at, DSLContext db) {
    Condition which = only.map(id -> SUB_ACCOUNT.PROVIDER.eq(id.provider()).and(SUB_ACCOUNT.SERVICE.eq(id.service())))
        .orElse(noCondition());
    SubAccountState state = SUB_ACCOUNT_STATE.as("state");
    ServiceTerms terms = SERVICE_TERMS.as("terms");
    // Named at once: for a table without a name jOOQ makes one from its whole text, which takes longer than the answer.
    Table<?> states = lateral(select()
        .from(SUB_ACCOUNT_STATE)
        .where(SUB_ACCOUNT_STATE.OWNER.eq(SUB_ACCOUNT.OWNER), SUB_ACCOUNT_STATE.PROVIDER.eq(SUB_ACCOUNT.PROVIDER),
            SUB_ACCOUNT_STATE.SERVICE.eq(SUB_ACCOUNT.SERVICE), at.sees(SUB_ACCOUNT_STATE))
        .orderBy(ReadPoint.newestFirst(SUB_ACCOUNT_STATE))
        .limit(1).asTable(state));
    Table<?> lockPeriods = lateral(select(SERVICE_TERMS.LOCK_SECONDS)
        .from(SERVICE_TERMS)
        .where(SERVICE_TERMS.PARTITION.eq(at.partition()), SERVICE_TERMS.SERVICE.eq(SUB_ACCOUNT.SERVICE),
            SERVICE_TERMS.BLOCK.le(at.block()))
        .orderBy(SERVICE_TERMS.BLOCK.desc())
        .limit(1).asTable(terms));
    UsageTotals usage = new UsageTotals(at);
    return db.select(SUB_ACCOUNT.PROVIDER, SUB_ACCOUNT.SERVICE, state.BALANCE, state.PENDING_REFUND, state.ACKNOWLEDGED,
            state.REFUNDS, terms.LOCK_SECONDS)
        .select(usage.fields())
        .from(usage.join(SUB_ACCOUNT.crossJoin(states).leftJoin(lockPeriods).on(trueCondition())))
        .where(SUB_ACCOUNT.OWNER.eq(owner), which, state.OPEN.isTrue())
        .orderBy(SUB_ACCOUNT.SERVICE, SUB_ACCOUNT.PROVIDER)
        .fetch(row -> view(row, state, terms, at.asOf().blockTime(), usage.read(row)));
  }

  private SubAccountView view(Record row, SubAccountState state, ServiceTerms terms, Instant blockTime,
      UsageTotals.Totals usage) {
    Duration lock = Optional.ofNullable(row.get(terms.LOCK_SECONDS)).map(Duration::ofSeconds)
        .orElse(RefundRules.LOCK_PERIOD_DEFAULT);
    Neuron balance = row.get(state.BALANCE);
    Neuron pending = row.get(state.PENDING_REFUND);
    List<RefundView> refunds = json.readValue(row.get(state.REFUNDS).data(), REFUNDS).stream()
        .map(refund -> refund.view(lock, blockTime)).toList();
    Neuron free = balance.minusOrZero(pending);
    NeuronSum left = NeuronSum.of(free).minus(usage.unsettled());
    return new SubAccountView(row.get(SUB_ACCOUNT.PROVIDER), row.get(SUB_ACCOUNT.SERVICE), balance, pending, free,
        usage.used(), usage.settled(), usage.writtenOff(), usage.unsettled(), usage.unreported(), left.orZero(),
        left.negate().orZero(), row.get(state.ACKNOWLEDGED), refunds);
  }
}
