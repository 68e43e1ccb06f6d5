package io.neuronledger.indexer.decode.zerog.state;

import io.neuronledger.contracts.value.Neuron;

/**
 * The smallest amounts that LedgerManager accepts; they differ between deployments.
 *
 * @param deposit of a first deposit, and of what a withdrawal leaves
 * @param transfer of a first transfer to a provider
 */
public record Minima(Neuron deposit, Neuron transfer) {}
