package io.neuronledger.command.report;

/** More in one request than is taken at once. */
final class TooMuch extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooMuch(String message) {
    super(message, null, false, false);
  }
}
