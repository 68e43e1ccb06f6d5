package io.neuronledger.query.settlement.matching;

import io.neuronledger.contracts.usage.RequestId;
import java.time.Instant;
import java.util.Comparator;

/** The position of a request in matching order: by completion time, then by id. */
public record RequestKey(Instant when, RequestId id) implements Comparable<RequestKey> {
  private static final Comparator<RequestKey> ORDER =
      Comparator.comparing(RequestKey::when).thenComparing(RequestKey::id);

  @Override
  public int compareTo(RequestKey other) {
    return ORDER.compare(this, other);
  }
}
