package io.neuronledger.query.asof;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Selects the state of an answer: the newest, that of a past block, or the newest at or after a block.
 *
 * @param atBlock the state after exactly this block; excludes {@code minBlock}
 * @param minBlock the newest state, once this block has been sealed
 * @param waitAtMost the maximum wait for a block that is not sealed yet
 */
public record BlockSelector(OptionalLong atBlock, OptionalLong minBlock, Duration waitAtMost) {
  /** The block that must be sealed before an answer is possible. */
  OptionalLong requiredBlock() {
    return atBlock.isPresent() ? atBlock : minBlock;
  }
}
