package io.neuronledger.indexer.decode;

/**
 * A followed contract emitted something undecodable that concerns no single owner. Everything after it could be wrong
 * for any owner, so following stops.
 */
public final class CannotDecode extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean ofNode;

  private CannotDecode(String message, boolean ofNode) {
    super(message);
    this.ofNode = ofNode;
  }

  public CannotDecode(String message) {
    this(message, false);
  }

  /** With the node that was asked; another node may know more. */
  public static CannotDecode withThisNode(String message) {
    return new CannotDecode(message, true);
  }

  /** Whether another node may know more. */
  public boolean isOfNode() {
    return ofNode;
  }
}
