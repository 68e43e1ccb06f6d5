package io.neuronledger.indexer.decode;

import io.neuronledger.indexer.chain.block.BlockData;

/** Decodes one block after the other. */
@FunctionalInterface
public interface BlockDecoder {
  /**
   * @param state the family's state before the block; updated to the state after it
   * @throws CannotDecode if the block has something undecodable that belongs to no single owner: following must stop
   */
  DecodedBlock decode(BlockData block, DecoderState state);
}
