package io.neuronledger.testkit.devchain.pool;

import io.neuronledger.contracts.value.Neuron;

/**
 * The pool's sums at a block.
 *
 * @param owed of all owners, zero or more
 * @param payable to all providers
 */
public record PoolTotals(Neuron deposit, Neuron credit, Neuron owed, Neuron payable) {
  /** What the pool holds by its books. */
  public Neuron coins() {
    return deposit.plus(credit).plus(payable).minus(owed);
  }
}
