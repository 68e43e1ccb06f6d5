package io.neuronledger.indexer.chain;

import java.util.Optional;

/**
 * What one node says of the chain at one moment.
 *
 * @param latest the newest block
 * @param published the block at the height asked about, where the node has one
 * @param finalizedBlock the highest final block; −1 where none is
 * @param finalized that block itself, where the node names it
 */
public record HeadView(Header latest, Optional<Header> published, long finalizedBlock, Optional<BlockRef> finalized) {
  public long head() {
    return latest.number();
  }
}
