package io.neuronledger.query.status;

import io.neuronledger.contracts.view.operation.StatusView;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The deployment that is followed, which never changes once it is known: read from the database until then. */
public final class FollowedDeployment {
  private final Supplier<Optional<StatusView.Deployment>> stored;
  private final AtomicReference<Optional<StatusView.Deployment>> known = new AtomicReference<>(Optional.empty());

  /** @param stored reads it from the database */
  public FollowedDeployment(Supplier<Optional<StatusView.Deployment>> stored) {
    this.stored = stored;
  }

  /** Empty until the first record has been read. */
  public Optional<StatusView.Deployment> get() {
    return known.updateAndGet(before -> before.isPresent() ? before : stored.get());
  }
}
