package io.neuronledger.query.following;

import java.time.Duration;

/**
 * The maximum distance between an answer's block and the chain's newest block, of which those that wait for their
 * confirmations do not count; beyond it the answer is {@code behind}.
 *
 * @param blocksMax the number of blocks; 0 or more
 * @param timeMax the time from the answer's block to the newest one, once a block after the answer's has its
 *     confirmations; zero or more
 */
public record BehindLimits(int blocksMax, Duration timeMax) {
  public BehindLimits {
    if (blocksMax < 0) {
      throw new IllegalArgumentException("neuron-ledger.behind.blocks-max must be 0 or more, not " + blocksMax);
    }
    if (timeMax.isNegative()) {
      throw new IllegalArgumentException("neuron-ledger.behind.time-max must not be negative, not " + timeMax);
    }
  }
}
