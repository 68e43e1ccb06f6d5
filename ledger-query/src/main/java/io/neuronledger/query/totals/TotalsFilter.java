package io.neuronledger.query.totals;

import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.request.RequestValues;
import java.util.Set;

/** The period of the sums, in block time. */
public record TotalsFilter(Period period) {
  public static final Parameters<TotalsFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<TotalsFilter> type() {
      return TotalsFilter.class;
    }

    @Override
    public Set<String> names() {
      return Period.NAMES;
    }

    @Override
    public TotalsFilter read(RequestValues given) {
      return new TotalsFilter(Period.read(given));
    }
  };
}
