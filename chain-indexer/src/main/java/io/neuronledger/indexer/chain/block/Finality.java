package io.neuronledger.indexer.chain.block;

/** The rule by which a block counts as final. */
public sealed interface Finality {
  /** The node's own {@code finalized} block. */
  record Tag() implements Finality {}

  /** A block is final with this many blocks above it. */
  record Depth(long blocks) implements Finality {
    public Depth {
      if (blocks < 1) {
        throw new IllegalArgumentException("the depth must be at least 1: " + blocks);
      }
    }
  }

  /** Every block is final at once. */
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
