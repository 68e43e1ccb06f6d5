package io.neuronledger.indexer.follow.state;

/**
 * Following must stop, and a retry does not help: an operator must decide. The message has the cause and the next
 * action.
 */
public final class FollowingHalted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FollowingHalted(String message) {
    super(message);
  }

  public FollowingHalted(RuntimeException reason) {
    super(reason.getMessage(), reason);
  }
}
