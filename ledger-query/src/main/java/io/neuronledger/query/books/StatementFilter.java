package io.neuronledger.query.books;

import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.request.RequestValues;
import io.neuronledger.query.settlement.period.PeriodFilter;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a statement.
 *
 * @param knownAt as it was known at the end of this day, UTC; empty: as it is known now
 */
public record StatementFilter(Period period, Optional<LocalDate> knownAt) {
  public static final Parameters<StatementFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<StatementFilter> type() {
      return StatementFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("start_date", "end_date", PeriodFilter.KNOWN_AT);
    }

    @Override
    public StatementFilter read(RequestValues given) {
      return new StatementFilter(Period.read(given), PeriodFilter.knownAt(given));
    }
  };
}
