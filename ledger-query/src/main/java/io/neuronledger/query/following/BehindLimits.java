package io.neuronledger.query.following;

import java.time.Duration;

/**
 * How far the newest block of the chain may be past an answer until the answer says that it is behind.
 *
 * @param blocksMax 0 or more
 * @param timeMax between the times of the two blocks; zero or more
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
