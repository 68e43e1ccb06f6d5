package io.neuronledger.indexer.decode.zerog.model;

import io.neuronledger.contracts.value.WalletAddress;

/** @param service the serving contract */
public record AccountKey(WalletAddress service, WalletAddress user, WalletAddress provider) {}
