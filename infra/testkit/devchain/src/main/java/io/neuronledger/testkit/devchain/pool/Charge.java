package io.neuronledger.testkit.devchain.pool;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;

/** @param nonce above that of the owner's last charge */
public record Charge(WalletAddress owner, WalletAddress provider, Neuron amount, long nonce) {}
