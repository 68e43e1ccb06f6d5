package io.neuronledger.query.partition;

/** A record is invalid in its partition. The partition is halted until an operator acts. */
final class PartitionHalted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** The remedy for a record that ledger-command did not write there. */
  private static final String FOREIGN = ". Only ledger-command writes this topic, each seq once: find the other writer,"
      + " and revoke its right. To go on, let ledger-command publish its event store again and rebuild the read model:"
      + " infra/decisions/0019 has the steps";

  PartitionHalted(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** A halt by a record that ledger-command did not write there. */
  static PartitionHalted foreign(String reason) {
    return new PartitionHalted(reason + FOREIGN);
  }

  /** The reason, for operators. */
  String reason() {
    return reason;
  }
}
