package io.neuronledger.query.settlement;

import static io.neuronledger.query.db.Tables.SETTLEMENT;
import static io.neuronledger.query.request.ValueFilter.oneOf;
import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.settlement.SettlementState;
import io.neuronledger.query.db.tables.Settlement;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.request.RequestValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortOrder;
import org.jooq.impl.DSL;

/** The filter of the settlement list; no value does not filter. The period is in block time. */
public record SettlementFilter(Set<WalletAddress> provider, Optional<WalletAddress> owner, Set<ServiceName> service,
    Set<SettlementState> state, Period period) {
  public static final Parameters<SettlementFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<SettlementFilter> type() {
      return SettlementFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("provider", "owner", "service", "state", "start_date", "end_date");
    }

    @Override
    public Set<String> repeatable() {
      return Set.of("provider", "service", "state");
    }

    @Override
    public SettlementFilter read(RequestValues given) {
      return new SettlementFilter(given.addresses("provider"), given.address("owner"),
          given.values("service", ServiceName::typed), given.values("state", SettlementFilter::listedState),
          Period.read(given));
    }
  };

  private static final Settlement KNOWN = SETTLEMENT.as("known");

  private static SettlementState listedState(String word) {
    SettlementState state = SettlementState.of(word);
    if (state == SettlementState.RETRACTED) {
      throw new IllegalArgumentException("the list has no retracted settlements; GET a retracted settlement by its id");
    }
    return state;
  }

  /** @param block the answer's block; up to it, block time never decreases from block to block */
  Condition upTo(long block) {
    List<Condition> all = new ArrayList<>();
    oneOf(SETTLEMENT.PROVIDER, provider).ifPresent(all::add);
    owner.ifPresent(value -> all.add(SETTLEMENT.OWNER.eq(value)));
    oneOf(SETTLEMENT.SERVICE, service).ifPresent(all::add);
    oneOf(SETTLEMENT.STATE, state.stream().map(SettlementState::word).toList()).ifPresent(all::add);
    // Unmatched settlements are few: this condition lets PostgreSQL use their partial index.
    if (!state.isEmpty() && !state.contains(SettlementState.MATCHED)) {
      all.add(DSL.condition("({0} <> 'matched' OR {1} > 0)", SETTLEMENT.STATE, SETTLEMENT.INSIDE));
    }
    all.add(SETTLEMENT.BLOCK.le(block));
    period.from().map(KNOWN.BLOCK_TIME::ge)
        .ifPresent(in -> all.add(SETTLEMENT.BLOCK.ge(edge(in, block, SortOrder.ASC))));
    period.until().map(KNOWN.BLOCK_TIME::lt)
        .ifPresent(in -> all.add(SETTLEMENT.BLOCK.le(edge(in, block, SortOrder.DESC))));
    return and(all);
  }

  /** The first or last block with a settlement in a period; NULL if the period has none. */
  private static Field<Long> edge(Condition inPeriod, long block, SortOrder order) {
    return field(select(KNOWN.BLOCK).from(KNOWN)
        .where(inPeriod, KNOWN.BLOCK.le(block), KNOWN.RETRACTED.isFalse())
        .orderBy(KNOWN.BLOCK_TIME.sort(order), KNOWN.BLOCK.sort(order)).limit(1));
  }
}
