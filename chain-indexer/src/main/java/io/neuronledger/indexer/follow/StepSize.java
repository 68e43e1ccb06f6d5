package io.neuronledger.indexer.follow;

/** Chooses the number of blocks of the next step, so that its transaction has about the wanted number of records. */
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

  /** Halves the next step after a failure, so that parts of it get published. */
  void failed() {
    blocks = Math.max(1, blocks / 2);
  }

  /** Adapts to a step: at most doubles, shrinks at once. */
  void took(int blocksWritten, int records) {
    long fitting = (long) blocksWritten * recordsWanted / Math.max(1, records);
    if (fitting < blocks || blocksWritten >= blocks) {
      blocks = (int) Math.clamp(fitting, 1, Math.min(blocksMax, 2L * blocks));
    }
  }
}
