package io.neuronledger.indexer.chain.block;

import io.neuronledger.contracts.value.Hash;
import java.time.Instant;

/**
 * A reference to one block.
 *
 * @param number −1 for the position before the first block, whose hash is {@link #NO_HASH}: the first block's parent
 */
public record BlockRef(long number, Hash hash, Instant time) {
  public static final Hash NO_HASH = new Hash("0x" + "0".repeat(64));

  /** The parent of a chain's first block. */
  public static final BlockRef BEFORE_GENESIS = new BlockRef(-1, NO_HASH, Instant.EPOCH);

  @Override
  public String toString() {
    return number + " (" + hash + ")";
  }
}
