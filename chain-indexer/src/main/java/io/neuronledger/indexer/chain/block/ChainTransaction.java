package io.neuronledger.indexer.chain.block;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.Optional;

/**
 * A transaction as its block lists it; only its receipt shows whether it succeeded.
 *
 * @param to absent where it creates a contract
 * @param input the call, as {@code 0x} and hex
 */
public record ChainTransaction(Hash hash, int index, WalletAddress from, Optional<WalletAddress> to, Neuron value,
    String input) {}
