package io.neuronledger.indexer.decode.zerog.replay.action;

import io.neuronledger.indexer.chain.block.BlockRef;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The invariants of the contracts. A violation also reveals missing logs, a wrong initial state and other contracts.
 *
 * @param unverified whether unknown code runs; a violation then proves nothing
 */
public record Invariants(BlockRef block, BooleanSupplier unverified) {
  private static final Logger log = LoggerFactory.getLogger(Invariants.class);

  /**
   * @param what describes the invariant and the values that violate it
   * @throws InvariantViolation if it does not hold and the code is verified
   */
  public void require(boolean holds, Supplier<String> what) {
    if (holds) {
      return;
    }
    String message = "block " + block + ": " + what.get();
    if (!unverified.getAsBoolean()) {
      throw new InvariantViolation(message);
    }
    log.warn("invariant violated by unverified code, decoding continues: {}", message);
  }
}
