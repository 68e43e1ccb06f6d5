package io.neuronledger.indexer.decode.zerog.settlement;

import io.neuronledger.contracts.value.WalletAddress;

/** The service that a provider registers with a serving contract. */
public record ProviderService(WalletAddress contract, WalletAddress provider) {}
