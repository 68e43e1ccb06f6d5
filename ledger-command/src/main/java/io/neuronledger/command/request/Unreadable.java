package io.neuronledger.command.report;

/** JSON from outside that is not what it should be. The message names the field, for whoever sent it. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unreadable(String message) {
    super(message, null, false, false);
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
