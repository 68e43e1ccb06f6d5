package io.neuronledger.command.partition;

/** The partition cannot go on without a person: going on would make its balances wrong. The other partitions do. */
public final class PartitionHalted extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PartitionHalted(String message) {
    super(message);
  }
}
