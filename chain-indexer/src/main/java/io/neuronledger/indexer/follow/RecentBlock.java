package io.neuronledger.indexer.follow;

import io.neuronledger.indexer.chain.BlockRef;
import java.util.HashMap;
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

  /** With changes that were made behind it, and that go with it. What it changed itself goes back to before it. */
  RecentBlock and(Map<String, Optional<String>> behind) {
    Map<String, Optional<String>> both = new HashMap<>(behind);
    both.putAll(undo);
    return new RecentBlock(block, both);
  }
}
