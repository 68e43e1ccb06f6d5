package io.neuronledger.command.store.deployment;

/** The partition has no deployment declaration yet, so nothing can be recorded. Retry later. */
public final class DeploymentUnknown extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeploymentUnknown(int partition) {
    super("partition " + partition + " has no deployment yet: chain-indexer has not declared it");
  }
}
