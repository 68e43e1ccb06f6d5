package io.neuronledger.command.partition;

/** The partition is not as we remember it: another instance, or a release from quarantine, has worked on it. Read it again. */
public final class PartitionTaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  PartitionTaken(int partition) {
    super("partition " + partition + " was moved by somebody else");
  }
}
