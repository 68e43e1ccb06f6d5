package io.neuronledger.command.store;

/** The chain-indexer has not said yet what is followed: until then nothing can be recorded. Try again. */
public final class DeploymentUnknown extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeploymentUnknown(int partition) {
    super("partition " + partition + " has not begun: the chain-indexer has not declared yet what is followed");
  }
}
