package io.neuronledger.query.cycletwo;

import io.neuronledger.query.cycleone.One;
import java.util.Optional;

/** Knows {@link One}, which knows it. */
public record Two(Optional<One> other) {
  /** A dependency that erasure leaves. */
  public static One pair() {
    return new One(new Two(Optional.empty()));
  }
}
