package io.neuronledger.command.partition;

/** The partition halts, since going on would make its balances wrong; an operator must act. Other partitions go on. */
public final class PartitionHalted extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PartitionHalted(String message) {
    super(message);
  }
}
