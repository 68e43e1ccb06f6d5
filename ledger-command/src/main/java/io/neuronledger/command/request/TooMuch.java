package io.neuronledger.command.request;

/** The request exceeds a size limit. */
public final class TooMuch extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TooMuch(String message) {
    super(message, null, false, false);
  }
}
