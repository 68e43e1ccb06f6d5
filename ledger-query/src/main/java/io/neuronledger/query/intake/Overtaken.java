package io.neuronledger.query.intake;

/** Another instance has moved a lane on: roll back and look again where it stands. */
final class Overtaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Overtaken(int lane, long expected, long found) {
    super("lane " + lane + " was expected at record " + expected + " and stands at " + found);
  }
}
