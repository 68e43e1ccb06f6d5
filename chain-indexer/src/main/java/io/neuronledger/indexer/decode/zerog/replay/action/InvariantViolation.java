package io.neuronledger.indexer.decode.zerog.replay.action;

/**
 * The logs of a block contradict the contract model: a log is missing, the model is wrong, or the contract is not the
 * described one. The exception cannot distinguish these causes.
 */
public final class InvariantViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvariantViolation(String message) {
    super(message);
  }
}
