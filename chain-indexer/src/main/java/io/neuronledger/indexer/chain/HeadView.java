package io.neuronledger.indexer.chain;

import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import java.util.Optional;

/**
 * One node's view of the chain at one time.
 *
 * @param latest the newest block
 * @param published the block at the requested height; empty where the node has none
 * @param finalizedBlock the highest final block; −1 where none is
 * @param finalized that block itself, where the node names it
 */
public record HeadView(Header latest, Optional<Header> published, long finalizedBlock, Optional<BlockRef> finalized) {
  public long head() {
    return latest.number();
  }
}
