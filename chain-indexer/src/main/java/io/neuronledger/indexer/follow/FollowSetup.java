package io.neuronledger.indexer.follow;

import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.ContractFamily;
import java.util.List;
import java.util.Optional;

/**
 * What is to be followed, by configuration.
 *
 * @param chainId the chain it must be; absent means whichever the first node follows
 */
public record FollowSetup(Optional<Long> chainId, ContractFamily family, List<WalletAddress> contracts,
    long startBlock, int partitions) {
  public FollowSetup {
    contracts = List.copyOf(contracts);
  }

  Deployment on(long nodesChainId) {
    return new Deployment(nodesChainId, family.name(), contracts, startBlock, family.decoderVersion(), partitions);
  }
}
