package io.neuronledger.command.lane;

/** The lane cannot go on without a person: going on would make its balances wrong. The other lanes do. */
public final class LaneStopped extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LaneStopped(String message) {
    super(message);
  }
}
