package io.neuronledger.indexer.decode.zerog.tell;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockMaterial;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.decode.zerog.fold.Arrival;
import java.util.List;
import java.util.Map;

/**
 * Blocks between two states: the one known before the first of them, and the one that can be read behind the last.
 *
 * @param arrivals the services that register in a block, by its number
 */
record Interval(List<BlockMaterial> blocks, Map<Long, Map<WalletAddress, Arrival>> arrivals) {
  Interval {
    blocks = List.copyOf(blocks);
    arrivals = Map.copyOf(arrivals);
  }

  boolean isSingle() {
    return blocks.size() == 1;
  }

  long from() {
    return blocks.getFirst().header().number();
  }

  BlockRef to() {
    return blocks.getLast().header().ref();
  }

  Map<WalletAddress, Arrival> arrivals(BlockMaterial block) {
    return arrivals.getOrDefault(block.header().number(), Map.of());
  }
}
