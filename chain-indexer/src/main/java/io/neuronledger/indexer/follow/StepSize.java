package io.neuronledger.indexer.follow;

/** How many blocks the next step takes, so that its transaction holds about as many records as wanted. */
final class StepSize {
  private static final int FIRST = 100;

  private final int blocksMax;
  private final int recordsWanted;
  private int blocks;

  StepSize(int blocksMax, int recordsWanted) {
    this.blocksMax = blocksMax;
    this.recordsWanted = recordsWanted;
    this.blocks = Math.min(FIRST, blocksMax);
  }

  int blocks() {
    return blocks;
  }

  /** A step that failed is tried again in parts: what it would have published by then is kept. */
  void failed() {
    blocks = Math.max(1, blocks / 2);
  }

  /** Learns from a step: at most doubles, shrinks at once. */
  void took(int blocksWritten, int records) {
    long fitting = (long) blocksWritten * recordsWanted / Math.max(1, records);
    if (fitting < blocks || blocksWritten >= blocks) {
      blocks = (int) Math.clamp(fitting, 1, Math.min(blocksMax, 2L * blocks));
    }
  }
}
