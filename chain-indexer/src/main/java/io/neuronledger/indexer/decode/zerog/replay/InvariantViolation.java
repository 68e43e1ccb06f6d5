package io.neuronledger.indexer.decode.zerog.replay;

/**
 * The logs of a block do not add up to what is remembered: one is missing, what is remembered is wrong, or the contract
 * is not the one described. Which of them it is cannot be told from here.
 */
public final class InvariantViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvariantViolation(String message) {
    super(message);
  }
}
