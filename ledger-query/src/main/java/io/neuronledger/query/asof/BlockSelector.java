package io.neuronledger.query.asof;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Which state the caller wants: the newest, that of a past block, or any that is new enough.
 *
 * @param atBlock the state which exactly this block left
 * @param minBlock the newest state, once this block has been sealed
 * @param waitAtMost for a block that has not been sealed yet
 */
public record BlockSelector(OptionalLong atBlock, OptionalLong minBlock, Duration waitAtMost) {
  /** The block that must have been sealed before there can be an answer. */
  OptionalLong needed() {
    return atBlock.isPresent() ? atBlock : minBlock;
  }
}
