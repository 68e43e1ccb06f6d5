package io.neuronledger.query.lane;

/** What a lane says makes no sense: nothing more is taken from it until a person has looked. */
final class LaneBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  LaneBroken(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** For people. */
  String reason() {
    return reason;
  }
}
