package io.neuronledger.command.partition;

/**
 * The partition is not as we remember it: another instance, or a release from quarantine, has worked on it. Read it
 * again.
 */
public final class PositionConflict extends RuntimeException {
  private static final long serialVersionUID = 1;

  PositionConflict(int partition) {
    super("partition " + partition + " was moved by somebody else");
  }
}
