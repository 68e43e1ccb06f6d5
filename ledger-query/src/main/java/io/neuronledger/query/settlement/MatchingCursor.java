package io.neuronledger.query.settlement;

import io.neuronledger.contracts.usage.NeuronSum;
import java.util.Optional;

/**
 * How far matching has come behind a settlement: enough to go on from there.
 *
 * @param settled what all settlements so far took
 * @param writtenOff what of them was written off
 * @param reported the fees of all requests up to {@code through}
 * @param through the last request that is covered; none where none is
 */
record MatchingCursor(NeuronSum settled, NeuronSum writtenOff, NeuronSum reported, Optional<RequestKey> through) {
  /** Before the first settlement. */
  static final MatchingCursor START =
      new MatchingCursor(NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, Optional.empty());

  /** S: what has been settled or written off. */
  NeuronSum claimed() {
    return settled.plus(writtenOff);
  }
}
