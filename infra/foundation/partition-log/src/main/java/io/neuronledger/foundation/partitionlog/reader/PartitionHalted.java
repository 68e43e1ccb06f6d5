package io.neuronledger.foundation.partitionlog.reader;

/** The partition halts, since going on would make its balances wrong; an operator must act. Other partitions go on. */
public final class PartitionHalted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public PartitionHalted(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** A halt by a record that cannot be handled and concerns no single owner of the partition. */
  public static PartitionHalted unreadable(long seq, String reason) {
    return new PartitionHalted("seq " + seq + " cannot be read and its key is no owner of this partition: " + reason
        + ". It stays in Kafka unchanged, so unpark and rebuild fail on it again. Start a version that understands it, "
        + "or index the chain again with empty Kafka topics and databases");
  }

  /** For operators. */
  public String reason() {
    return reason;
  }
}
