package io.neuronledger.indexer.chain;

/**
 * Where the knowledge comes from that a block can no longer disappear.
 */
public sealed interface Finality {
  /** The node's own {@code finalized} block. */
  record Tag() implements Finality {}

  /** So many blocks on top. */
  record Depth(long blocks) implements Finality {
    public Depth {
      if (blocks < 1) {
        throw new IllegalArgumentException("a depth of at least 1: " + blocks);
      }
    }
  }

  /** Every block is final once it is there. */
  record Instant() implements Finality {}

  /**
   * Reads {@code tag}, {@code instant} or {@code depth:N}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Finality parse(String text) {
    if (text.equals("tag")) {
      return new Tag();
    }
    if (text.equals("instant")) {
      return new Instant();
    }
    if (text.matches("depth:\\d{1,9}")) {
      return new Depth(Long.parseLong(text.substring("depth:".length())));
    }
    throw new IllegalArgumentException("neither tag nor instant nor depth:N: " + text);
  }
}
