package io.neuronledger.indexer.decode.zerog.state;

import io.neuronledger.contracts.value.Neuron;

/**
 * The smallest amounts that LedgerManager accepts; they differ between deployments.
 *
 * @param deposit the minimum of a first deposit, and of the rest after a withdrawal
 * @param transfer the minimum of a first transfer to a provider
 */
public record Minima(Neuron deposit, Neuron transfer) {}
