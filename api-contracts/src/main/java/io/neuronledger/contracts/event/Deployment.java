package io.neuronledger.contracts.event;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;

/**
 * What one stack indexes. It is stored with the data; a start with a different one is refused.
 *
 * @param chainId the chain's EIP-155 id
 * @param family the contract family: {@code account-ledger} or {@code 0g}
 * @param contracts the configured addresses, in the family's order
 * @param startBlock the first indexed block
 * @param decoderVersion raised when the same logs decode to different events
 * @param partitions the number of partitions
 */
public record Deployment(long chainId, String family, List<WalletAddress> contracts, long startBlock,
    int decoderVersion, int partitions) {
  public Deployment {
    contracts = List.copyOf(contracts);
  }
}
