package io.neuronledger.command.partition;

/**
 * The stored position of the partition is not the loaded one: another instance, or a release from quarantine, has moved
 * it. Load the partition again.
 */
public final class PositionConflict extends RuntimeException {
  private static final long serialVersionUID = 1;

  PositionConflict(int partition) {
    super("partition " + partition + " was moved by another writer");
  }
}
