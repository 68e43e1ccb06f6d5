package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockData;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.replay.ServiceRegistration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Blocks between two states: the one known before the first of them, and the one that can be read behind the last.
 *
 * @param arrivals the services that register in a block, by its number
 */
record BlockRange(List<BlockData> blocks, Map<Long, Map<WalletAddress, ServiceRegistration>> arrivals) {
  BlockRange {
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

  Map<WalletAddress, ServiceRegistration> arrivals(BlockData block) {
    return arrivals.getOrDefault(block.header().number(), Map.of());
  }

  /** The services that there are behind the last block, or were before. */
  Map<WalletAddress, ServiceInfo> services(ContractModel before) {
    Map<WalletAddress, ServiceInfo> services = new HashMap<>(before.services());
    arrivals.values().forEach(arrived ->
        arrived.forEach((contract, arrival) -> services.put(contract, arrival.service())));
    return services;
  }
}
