package io.neuronledger.indexer.decode;

/**
 * A followed contract said something that cannot be understood and that concerns nobody in particular, or everybody.
 * Whatever followed could be wrong for anyone, so following stops.
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

  /** Not with the node that was asked; another one may know more. */
  public static CannotDecode withThisNode(String message) {
    return new CannotDecode(message, true);
  }

  /** Whether another node may know more. */
  public boolean isOfNode() {
    return ofNode;
  }
}
