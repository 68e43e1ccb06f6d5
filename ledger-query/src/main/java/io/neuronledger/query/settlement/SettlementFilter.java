package io.neuronledger.query.settlement;

import static io.neuronledger.query.db.Tables.SETTLEMENT;
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

/** The filter of the settlement list. The period is in block time. */
public record SettlementFilter(Optional<WalletAddress> provider, Optional<WalletAddress> owner,
    Optional<ServiceName> service, Optional<SettlementState> state, Period period) {
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
    public SettlementFilter read(RequestValues given) {
      return new SettlementFilter(given.address("provider"), given.address("owner"),
          given.value("service", ServiceName::typed), given.value("state", SettlementFilter::listedState),
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
    provider.ifPresent(value -> all.add(SETTLEMENT.PROVIDER.eq(value)));
    owner.ifPresent(value -> all.add(SETTLEMENT.OWNER.eq(value)));
    service.ifPresent(value -> all.add(SETTLEMENT.SERVICE.eq(value)));
    state.ifPresent(value -> all.add(SETTLEMENT.STATE.eq(value.word())));
    // Unmatched settlements are few: this condition lets PostgreSQL use their partial index.
    state.filter(value -> value != SettlementState.MATCHED)
        .ifPresent(_ -> all.add(DSL.condition("({0} <> 'matched' OR {1} > 0)", SETTLEMENT.STATE, SETTLEMENT.INSIDE)));
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
