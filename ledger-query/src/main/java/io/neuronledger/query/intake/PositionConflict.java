package io.neuronledger.query.intake;

/** Another instance has moved a partition on: roll back and look again where it stands. */
final class PositionConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PositionConflict(int partition, long expected, long found) {
    super("partition " + partition + " was expected at record " + expected + " and stands at " + found);
  }
}
