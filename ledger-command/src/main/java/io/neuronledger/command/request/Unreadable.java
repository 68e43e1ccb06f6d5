package io.neuronledger.command.request;

/** Something from outside that is not what it should be. The message names the place, for whoever sent it. */
public final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Unreadable(String message) {
    super(message, null, false, false);
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
