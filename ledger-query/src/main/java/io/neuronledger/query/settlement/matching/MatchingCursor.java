package io.neuronledger.query.settlement.matching;

import io.neuronledger.contracts.usage.NeuronSum;
import java.util.Optional;

/**
 * The state of matching after a settlement; sufficient to continue from there.
 *
 * @param settled the sum of the amounts of all settlements so far
 * @param writtenOff the sum of their write-offs
 * @param reported the fees of all requests up to {@code through}
 * @param through the last covered request; empty if none is covered
 */
record MatchingCursor(NeuronSum settled, NeuronSum writtenOff, NeuronSum reported, Optional<RequestKey> through) {
  /** Before the first settlement. */
  static final MatchingCursor START =
      new MatchingCursor(NeuronSum.ZERO, NeuronSum.ZERO, NeuronSum.ZERO, Optional.empty());

  /** S: the total settled or written off. */
  NeuronSum claimed() {
    return settled.plus(writtenOff);
  }
}
