package io.neuronledger.query.request;

import java.util.Set;

/** Reads several query parameters as one value. */
public interface Parameters<T> {
  /** The value's type: an argument of this type in a controller is read so. */
  Class<T> type();

  /** The query parameters that may be given. */
  Set<String> names();

  /** @throws io.neuronledger.query.problem.Refused if they make no value */
  T read(RequestValues given);
}
