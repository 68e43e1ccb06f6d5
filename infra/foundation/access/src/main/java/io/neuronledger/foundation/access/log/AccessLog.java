package io.neuronledger.foundation.access.log;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Instant;
import java.util.Optional;

/** Where a service records who asks for what. */
public interface AccessLog {
  /**
   * Returns once the entry is stored.
   *
   * @throws Refusal if it is not known to be stored within {@link AccessLogWriter#STORED_WITHIN}
   */
  void store(AccessEntry entry);

  /** Stores the entry soon. It is lost if the service ends at once or Kafka stays away; the log says so then. */
  void add(AccessEntry entry);

  /** Since when entries cannot be stored, as far as the last of them has shown; empty: they can be. */
  Optional<Instant> awaySince();
}
