package io.neuronledger.indexer.decode.zerog.tell;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockMaterial;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.decode.zerog.books.Books;
import io.neuronledger.indexer.decode.zerog.books.ServiceEntry;
import io.neuronledger.indexer.decode.zerog.fold.Arrival;
import java.util.HashMap;
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

  /** The services that there are behind the last block, or were before. */
  Map<WalletAddress, ServiceEntry> services(Books before) {
    Map<WalletAddress, ServiceEntry> services = new HashMap<>(before.services());
    arrivals.values().forEach(arrived ->
        arrived.forEach((contract, arrival) -> services.put(contract, arrival.service())));
    return services;
  }
}
