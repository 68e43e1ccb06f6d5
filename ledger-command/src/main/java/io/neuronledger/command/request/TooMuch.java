package io.neuronledger.command.request;

/** More in one request than is taken at once. */
public final class TooMuch extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TooMuch(String message) {
    super(message, null, false, false);
  }
}
