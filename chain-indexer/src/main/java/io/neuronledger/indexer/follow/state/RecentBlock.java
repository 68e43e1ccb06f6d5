package io.neuronledger.indexer.follow.state;

import io.neuronledger.indexer.chain.block.BlockRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A published block that is not final yet.
 *
 * @param undo undoes its changes of the decoder's state
 */
public record RecentBlock(BlockRef block, Map<String, Optional<String>> undo) {
  public RecentBlock {
    undo = Map.copyOf(undo);
  }

  /**
   * Adds the undo data of later changes that belong to this block. Keys that the block changed itself keep their values
   * from before it.
   */
  public RecentBlock and(Map<String, Optional<String>> later) {
    Map<String, Optional<String>> both = new HashMap<>(later);
    both.putAll(undo);
    return new RecentBlock(block, both);
  }
}
