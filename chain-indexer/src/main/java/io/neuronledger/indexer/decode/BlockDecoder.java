package io.neuronledger.indexer.decode;

import io.neuronledger.indexer.chain.BlockMaterial;
import java.util.List;

/** Reads one block after the other. */
@FunctionalInterface
public interface BlockDecoder {
  /**
   * @param state what the family remembers; changed to how it is behind this block
   * @return in the chain's order, positions rising
   * @throws CannotDecode if something is there that nobody can be blamed for: following must stop
   */
  List<Reading> decode(BlockMaterial block, DecoderState state);
}
