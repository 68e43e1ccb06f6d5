package io.neuronledger.testkit.devchain.pool;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;

/** @param tranche the name that the pool gives to this pull */
public record Pull(WalletAddress owner, Neuron amount, Hash tranche) {}
