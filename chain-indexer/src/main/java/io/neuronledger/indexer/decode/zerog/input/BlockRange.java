package io.neuronledger.indexer.decode.zerog.input;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The blocks between two states: the known one before the first block, and the readable one after the last.
 *
 * @param registrations the services that register in a block, by block number
 */
public record BlockRange(List<BlockData> blocks, Map<Long, Map<WalletAddress, ServiceRegistration>> registrations) {
  public BlockRange {
    blocks = List.copyOf(blocks);
    registrations = Map.copyOf(registrations);
  }

  public boolean isSingle() {
    return blocks.size() == 1;
  }

  public long from() {
    return blocks.getFirst().header().number();
  }

  public BlockRef to() {
    return blocks.getLast().header().ref();
  }

  public Map<WalletAddress, ServiceRegistration> registrations(BlockData block) {
    return registrations.getOrDefault(block.header().number(), Map.of());
  }

  /** The services after the last block, including those from before. */
  public Map<WalletAddress, ServiceInfo> services(ContractModel before) {
    Map<WalletAddress, ServiceInfo> services = new HashMap<>(before.services());
    registrations.values().forEach(newServices ->
        newServices.forEach((contract, registration) -> services.put(contract, registration.service())));
    return services;
  }
}
