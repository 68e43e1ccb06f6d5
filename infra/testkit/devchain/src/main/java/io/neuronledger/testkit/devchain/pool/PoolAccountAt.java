package io.neuronledger.testkit.devchain.pool;

import io.neuronledger.contracts.value.Neuron;
import java.math.BigInteger;

/**
 * An owner's account in the pool at a block; all zero for an owner that the pool does not know.
 *
 * @param owed what was charged and was not there, zero or more
 * @param nonce of the owner's last charge
 */
public record PoolAccountAt(Neuron deposit, Neuron credit, Neuron owed, BigInteger nonce) {}
