package io.neuronledger.command.lane;

/** The lane is not as we remember it: another instance, or a release from quarantine, has worked on it. Read it again. */
public final class LaneTaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  LaneTaken(int lane) {
    super("lane " + lane + " was moved by somebody else");
  }
}
