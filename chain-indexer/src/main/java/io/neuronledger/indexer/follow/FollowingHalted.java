package io.neuronledger.indexer.follow;

/** Going on would be wrong, and so would trying again: a person must decide. The message says what and why. */
public final class FollowingHalted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FollowingHalted(String message) {
    super(message);
  }

  public FollowingHalted(RuntimeException reason) {
    super(reason.getMessage(), reason);
  }
}
