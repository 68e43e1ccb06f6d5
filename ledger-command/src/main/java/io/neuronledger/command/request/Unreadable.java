package io.neuronledger.command.request;

/** Malformed input. The message names the field, for the sender. */
public final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Unreadable(String message) {
    super(message, null, false, false);
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
