package io.neuronledger.query.settlement;

import static io.neuronledger.query.db.Tables.SETTLEMENT;
import static org.jooq.impl.DSL.and;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.settlement.SettlementState;
import io.neuronledger.query.request.Given;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Which settlements the caller wants. The period is of block time. */
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
    public SettlementFilter read(Given given) {
      return new SettlementFilter(given.address("provider"), given.address("owner"),
          given.value("service", ServiceName::of), given.value("state", SettlementFilter::standing),
          Period.read(given));
    }
  };

  private static SettlementState standing(String word) {
    SettlementState state = SettlementState.of(word);
    if (state == SettlementState.RETRACTED) {
      throw new IllegalArgumentException("the list holds what stands: a retracted settlement is found by its id");
    }
    return state;
  }

  Condition condition() {
    List<Condition> all = new ArrayList<>();
    provider.ifPresent(value -> all.add(SETTLEMENT.PROVIDER.eq(value)));
    owner.ifPresent(value -> all.add(SETTLEMENT.OWNER.eq(value)));
    service.ifPresent(value -> all.add(SETTLEMENT.SERVICE.eq(value)));
    state.ifPresent(value -> all.add(SETTLEMENT.STATE.eq(value.word())));
    // What is not matched is rare: the index of the unequal ones finds it, if it is told that it may.
    state.filter(value -> value != SettlementState.MATCHED)
        .ifPresent(_ -> all.add(DSL.condition("({0} <> 'matched' OR {1} > 0)", SETTLEMENT.STATE, SETTLEMENT.INSIDE)));
    period.from().ifPresent(value -> all.add(SETTLEMENT.BLOCK_TIME.ge(value)));
    period.until().ifPresent(value -> all.add(SETTLEMENT.BLOCK_TIME.lt(value)));
    return and(all);
  }
}
