package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.indexer.chain.BlockRef;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the contracts promise. Each promise doubles as a detector of missing logs, of a wrong start and of other
 * contracts.
 *
 * @param unverified whether the contracts are ones that nobody has described: then a broken promise is no proof of
 *     anything
 */
record Invariants(BlockRef block, BooleanSupplier unverified) {
  private static final Logger log = LoggerFactory.getLogger(Invariants.class);

  /**
   * @param what the promise, and what was seen instead
   * @throws InvariantViolation where it does not hold
   */
  void must(boolean holds, Supplier<String> what) {
    if (holds) {
      return;
    }
    String message = "block " + block + ": " + what.get();
    if (!unverified.getAsBoolean()) {
      throw new InvariantViolation(message);
    }
    log.warn("not as described, going on all the same: {}", message);
  }
}
