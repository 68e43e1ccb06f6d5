package io.neuronledger.indexer.decode.zerog.fold;

/**
 * The logs of a block do not add up to what is remembered: one is missing, what is remembered is wrong, or the contract
 * is not the one described. Which of them it is cannot be told from here.
 */
public final class Breach extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Breach(String message) {
    super(message);
  }
}
