package io.neuronledger.indexer.follow.start;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.ContractFamily;
import java.util.List;
import java.util.Optional;

/**
 * The configured deployment.
 *
 * @param chainId the expected chain id; absent to accept the first node's
 */
public record FollowSetup(Optional<Long> chainId, ContractFamily family, List<WalletAddress> contracts,
    long startBlock, int partitions) {
  public FollowSetup {
    contracts = List.copyOf(contracts);
  }

  public Deployment on(long nodesChainId) {
    return new Deployment(nodesChainId, family.name(), contracts, startBlock, family.decoderVersion(), partitions);
  }
}
