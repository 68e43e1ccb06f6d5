package io.neuronledger.query.books;

import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.request.RequestValues;
import java.util.Set;

/** The parameters of a statement. */
public record StatementFilter(Period period) {
  public static final Parameters<StatementFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<StatementFilter> type() {
      return StatementFilter.class;
    }

    @Override
    public Set<String> names() {
      return Period.NAMES;
    }

    @Override
    public StatementFilter read(RequestValues given) {
      return new StatementFilter(Period.read(given));
    }
  };
}
