package io.neuronledger.indexer.follow;

import io.neuronledger.indexer.chain.BlockRef;
import java.util.Map;
import java.util.Optional;

/**
 * A published block that is not final yet.
 *
 * @param undo what takes back its changes of the decoder's memory
 */
public record RecentBlock(BlockRef block, Map<String, Optional<String>> undo) {
  public RecentBlock {
    undo = Map.copyOf(undo);
  }
}
