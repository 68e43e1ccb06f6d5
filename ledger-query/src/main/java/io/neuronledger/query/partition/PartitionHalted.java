package io.neuronledger.query.partition;

/** A record makes no sense in its partition: nothing more is taken from the partition until an operator has looked. */
final class PartitionHalted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** What an operator can do about a record that ledger-command has not written there. */
  private static final String FOREIGN = ". Only ledger-command writes this topic, each seq once: find out who else can,"
      + " and revoke that right. To go on, let ledger-command publish its event store again and rebuild the read model:"
      + " infra/decisions/0019 has the steps";

  PartitionHalted(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** By a record that ledger-command has not written there. */
  static PartitionHalted foreign(String reason) {
    return new PartitionHalted(reason + FOREIGN);
  }

  /** For people. */
  String reason() {
    return reason;
  }
}
