package io.neuronledger.query.asof.selector;

import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Selects the state of an answer: the newest, the newest at or after a block, or that of a past block.
 *
 * @param atBlock the state after exactly this block; excludes {@code atTime} and {@code minBlock}
 * @param atTime the state after the last block at this time or before it; excludes {@code minBlock}
 * @param minBlock the newest state, once this block has been sealed
 * @param minToken only once what was written before this token was given has been read; beside any of the others
 * @param isFinal whether only blocks count that the chain can no longer retract
 * @param waitAtMost the maximum wait for a block that is not sealed, or not final, yet
 */
public record BlockSelector(OptionalLong atBlock, Optional<PointInTime> atTime, OptionalLong minBlock,
    Optional<WriteToken> minToken, boolean isFinal, Duration waitAtMost) {
  /** The newest state, without waiting for one. */
  public static final BlockSelector NEWEST =
      new BlockSelector(OptionalLong.empty(), Optional.empty(), OptionalLong.empty(), false, Duration.ZERO);

  /** A selector that waits for no write. */
  public BlockSelector(OptionalLong atBlock, Optional<PointInTime> atTime, OptionalLong minBlock, boolean isFinal,
      Duration waitAtMost) {
    this(atBlock, atTime, minBlock, Optional.empty(), isFinal, waitAtMost);
  }

  /** The block that must be sealed before an answer is possible, where the request names it. */
  public OptionalLong requiredBlock() {
    return atBlock.isPresent() ? atBlock : minBlock;
  }

  /** Whether the answer is as of a block that the request names by number, time or finality, not of the newest. */
  public boolean isPast() {
    return atBlock.isPresent() || atTime.isPresent() || isFinal;
  }

  /** Whether the request asks for more than any block, apart from a write. */
  private boolean isWaiting() {
    return requiredBlock().isPresent() || atTime.isPresent() || isFinal;
  }

  /** What is said when no answer was possible in time: the same of one partition as of all of them. */
  public Refusal notReached() {
    if (!isWaiting()) {
      return new Refusal(ProblemCode.NOTHING_SEALED, "no block is sealed yet in every partition that the answer needs");
    }
    String which = requiredBlock().isPresent() ? "block " + requiredBlock().getAsLong()
        : atTime.map(time -> "a block after " + time).orElse("a block");
    return new Refusal(ProblemCode.BLOCK_NOT_REACHED,
        which + (isFinal ? " was not final" : " was not sealed") + " within " + waitAtMost.toSeconds() + " s");
  }
}
