package io.neuronledger.indexer.decode;

import io.neuronledger.indexer.guard.BlockGuard;
import java.util.List;

/**
 * What a family made of one block.
 *
 * @param readings in the chain's order, positions rising
 * @param guard how it is known that nothing is missing
 * @param compared whether all states were compared at this block: then nothing before it is missing either
 */
public record DecodedBlock(List<Reading> readings, BlockGuard guard, boolean compared) {
  public DecodedBlock {
    readings = List.copyOf(readings);
  }
}
