package io.neuronledger.indexer.decode;

/**
 * A followed contract said something that cannot be understood and that concerns nobody in particular, or everybody.
 * Whatever followed could be wrong for anyone, so following stops.
 */
public final class CannotDecode extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotDecode(String message) {
    super(message);
  }
}
