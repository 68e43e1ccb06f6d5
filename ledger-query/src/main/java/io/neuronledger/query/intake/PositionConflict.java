package io.neuronledger.query.intake;

/** Another instance has advanced a partition: the transaction must roll back and the caller read the position again. */
final class PositionConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PositionConflict(int partition, long expected, long found) {
    super("partition " + partition + " was expected at record " + expected + " and is at " + found);
  }
}
