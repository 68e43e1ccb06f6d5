package io.neuronledger.query.cycletwo;

import io.neuronledger.query.cycleone.One;
import java.util.Optional;

/** Depends on {@link One}, which depends on it. */
public record Two(Optional<One> other) {
  /** A dependency that survives type erasure. */
  public static One pair() {
    return new One(new Two(Optional.empty()));
  }
}
