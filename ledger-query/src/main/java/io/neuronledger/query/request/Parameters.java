package io.neuronledger.query.request;

import java.util.Set;

/** Reads query parameters as one value. */
public interface Parameters<T> {
  /** The type of the value; controller arguments of this type are read by this. */
  Class<T> type();

  /** The names of the query parameters. */
  Set<String> names();

  /** Those of them that take several values; see {@link RequestValues#values}. */
  default Set<String> repeatable() {
    return Set.of();
  }

  /** @throws io.neuronledger.foundation.problem.Refusal if the parameters are invalid */
  T read(RequestValues given);
}
