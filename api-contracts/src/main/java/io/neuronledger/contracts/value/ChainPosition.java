package io.neuronledger.contracts.value;

import java.util.Comparator;

/**
 * The position of a fact on the chain.
 *
 * @param block the block's number, from 0
 * @param transaction the transaction's index in the block, from 0; {@link #END_OF_BLOCK} for facts after all
 *     transactions: a seal, a state read at the block
 * @param step numbers the logs and calls of one transaction in order of execution, from 0
 */
public record ChainPosition(long block, int transaction, int step) implements Comparable<ChainPosition> {
  public static final int END_OF_BLOCK = Integer.MAX_VALUE;

  private static final Comparator<ChainPosition> ORDER = Comparator.comparingLong(ChainPosition::block)
      .thenComparingInt(ChainPosition::transaction).thenComparingInt(ChainPosition::step);

  public ChainPosition {
    if (block < 0 || transaction < 0 || step < 0) {
      throw new IllegalArgumentException("not a position: " + block + "-" + transaction + "-" + step);
    }
  }

  /** The position of the {@code step}-th fact after all transactions of {@code block}; the seal is step 0. */
  public static ChainPosition endOf(long block, int step) {
    return new ChainPosition(block, END_OF_BLOCK, step);
  }

  @Override
  public int compareTo(ChainPosition other) {
    return ORDER.compare(this, other);
  }
}
