package io.neuronledger.indexer.decode;

import io.neuronledger.indexer.chain.BlockData;

/** Reads one block after the other. */
@FunctionalInterface
public interface BlockDecoder {
  /**
   * @param state what the family remembers; changed to how it is behind this block
   * @throws CannotDecode if something is there that nobody can be blamed for: following must stop
   */
  DecodedBlock decode(BlockData block, DecoderState state);
}
