package io.neuronledger.foundation.problem;

import java.util.Optional;

/** The problems of a service's own failures, for a service to define. */
public interface FailureMapping {
  /** The problem of a known failure. */
  default Optional<Refusal> of(Exception failure) {
    return Optional.empty();
  }

  /** The problem of any other failure. */
  default Refusal unexpected() {
    return new Refusal(ProblemCode.INTERNAL_ERROR, "see the service's log");
  }
}
